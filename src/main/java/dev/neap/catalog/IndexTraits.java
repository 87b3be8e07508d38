package dev.neap.catalog;

import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * What an index has that its definition does not tell.
 *
 * @param ofConstraint the comment of the constraint that it belongs to
 * @param tablespace empty for the database's own
 * @param targets how many statistics are kept of its expressions, as what follows {@code ALTER INDEX name}
 * @param clustered whether CLUSTER without an index orders the rows by it
 */
public record IndexTraits(
        Identifier index,
        Optional<String> comment,
        Optional<String> ofConstraint,
        Optional<Identifier> tablespace,
        List<String> targets,
        boolean clustered) {

    public IndexTraits {
        // Absent from what was stored before there were any.
        targets = targets == null ? List.of() : List.copyOf(targets);
    }

    /** None. */
    static IndexTraits none(Identifier index) {
        return new IndexTraits(index, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), false);
    }
}
