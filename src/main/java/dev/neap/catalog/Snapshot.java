package dev.neap.catalog;

import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a plan is made from besides the change itself: stored with the run, so that a restart plans the same steps
 * although the catalog has moved on.
 *
 * @param owned whether the role may alter the table, and so may put a trigger on it
 * @param neighbours tables that have to change with it
 */
public record Snapshot(Table table, Answers answers, boolean owned, List<Table> neighbours) {

    public Snapshot {
        // Stored by a version that knew of one table alone, it has none.
        neighbours = List.copyOf(Objects.requireNonNullElse(neighbours, List.of()));
    }

    /** Of a table that the role owns. */
    public Snapshot(Table table, Answers answers) {
        this(table, answers, true, List.of());
    }

    /** A table that has to change with it. */
    public Optional<Table> neighbour(QualifiedName name) {
        return neighbours.stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
