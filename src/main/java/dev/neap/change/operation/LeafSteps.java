package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.catalog.Leaf;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.DdlStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What PostgreSQL does not do concurrently to a partitioned table is done to each of its partitions by itself; the
 * statement on the table then finds everything there, takes it over, and changes the catalog only (measured on 14 and 18).
 *
 * @param target the partitioned table, with its partitions as neighbours
 */
record LeafSteps(Target target) {

    /** The partitions that hold rows, as the operation's neighbours; empty for an ordinary table. */
    static List<Operation.Neighbour> neighbours(Table table) {
        return leaves(table).map(leaf -> new Operation.Neighbour(leaf, asked -> List.of())).toList();
    }

    static boolean isPartitioned(Table table) {
        return table.kind() == Table.Kind.PARTITIONED;
    }

    private static Stream<QualifiedName> leaves(Table table) {
        return table.shape().partitions().stream().flatMap(parts -> parts.leaves().stream()).map(Leaf::name);
    }

    /** The steps on all partitions, one after the other, and on none that is gone by then. */
    List<DdlStep> each(BiFunction<Target, Identifier, List<DdlStep>> steps, Identifier name) {
        List<DdlStep> all = new ArrayList<>();
        for (Target leaf : partitions()) {
            QualifiedName partition = leaf.table().name();
            Fact gone = Relations.isNoPartition(partition);
            steps.apply(leaf, called(name, leaf)).forEach(step -> all.add(step.on(partition).unlessFirst(gone)));
        }
        return all;
    }

    private List<Target> partitions() {
        List<QualifiedName> leaves = leaves(target.table()).toList();
        return target.neighbours()
                .stream()
                .filter(table -> leaves.contains(table.name()))
                .map(target::on)
                .toList();
    }

    /** {@code events_at_idx} of table events is {@code events_2026_at_idx} on its partition events_2026. */
    Identifier called(Identifier name, Target leaf) {
        String stem = target.table().name().name().value() + "_";
        String rest = name.value().startsWith(stem) ? name.value().substring(stem.length()) : name.value();
        return Identifier.shortened(leaf.table().name().name().value(), "_" + rest);
    }

    /** Problems of the names that the partitions' parts would have. */
    List<Problem> mustBeFree(Identifier name) {
        List<Problem> problems = new ArrayList<>();
        Set<QualifiedName> taken = new HashSet<>();
        for (Target leaf : partitions()) {
            Identifier called = called(name, leaf);
            if (!taken.add(leaf.table().name().sibling(called))
                    || leaf.table().index(called).isPresent()
                    || leaf.table().constraint(called).isPresent()) {
                problems.add(target.problem(
                        "name",
                        "On partition %s it would be called %s, and there is something of that name."
                                .formatted(leaf.table().name(), called),
                        "Choose another name."));
            }
        }
        return problems;
    }

    /** The problem of a unique index that does not tell which partition a row is in; empty if it does. */
    List<Problem> mustHoldThePartitionKey(String key, List<String> columns) {
        List<Identifier> wanted = target.table().shape().partitions().map(parts -> parts.columns()).orElse(List.of());
        return wanted.stream().allMatch(column -> columns.contains(column.value()))
                ? List.of()
                : List.of(target.problem(
                        key,
                        "Table %s is partitioned by %s, and what is unique in it must hold those columns."
                                .formatted(
                                        target.table().name(),
                                        String.join(", ", wanted.stream().map(Identifier::sql).toList())),
                        "Add them to the columns."));
    }
}
