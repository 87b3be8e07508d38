package dev.neap.catalog;

import dev.neap.catalog.Answers.ConstraintText;
import dev.neap.catalog.Answers.IndexText;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What PostgreSQL says about giving a column another type: whether it does that at once, and else how all that hangs on
 * the column reads over a second column that is to take its place.
 *
 * @param type the canonical name of the new type
 * @param collation the new column's, qualified, if it is not the type's own
 * @param direct how it is done at once; empty if that would rewrite or read the table, or rebuild an index
 * @param indexes those that use it, but for those of constraints, in the order of their names
 * @param uniques unique constraints and the primary key, in the order of their names
 * @param constraints checks and outgoing foreign keys that use it, in the order of their names
 * @param settings statements that give the second column the first one's comment, privileges and statistics settings
 * @param defaultSql the default in the new type; empty if there is none
 * @param sequence that the column owns; empty if it owns none
 * @param marks statements that make an index, by its present name, the replica identity, or the one to cluster by
 */
public record Retyped(
        String type,
        Optional<String> collation,
        Optional<Direct> direct,
        List<IndexText> indexes,
        List<UniqueText> uniques,
        List<ConstraintText> constraints,
        List<String> settings,
        Optional<String> defaultSql,
        Optional<QualifiedName> sequence,
        List<String> marks) {

    public Retyped {
        indexes = List.copyOf(indexes);
        uniques = List.copyOf(uniques);
        constraints = List.copyOf(constraints);
        settings = List.copyOf(settings);
        marks = List.copyOf(marks);
    }

    /** The same but for some constraints. */
    public Retyped without(Set<Identifier> some) {
        return new Retyped(
                type,
                collation,
                direct,
                indexes,
                uniques,
                constraints.stream().filter(constraint -> !some.contains(constraint.name())).toList(),
                settings,
                defaultSql,
                sequence,
                marks);
    }

    /**
     * A change of type that touches the catalog only.
     *
     * @param prelude statements before it, in its transaction
     * @param forth what follows {@code ALTER TABLE t}
     * @param back likewise, to the old type; empty if the way back would rewrite or read the table
     */
    public record Direct(List<String> prelude, String forth, Optional<String> back) {
        public Direct {
            prelude = List.copyOf(prelude);
        }
    }

    /**
     * A unique constraint or primary key to make again.
     *
     * @param name its present name, and its index's
     * @param tail all that follows {@code ON table} in CREATE INDEX, over the second column
     * @param present the same over the first one
     * @param deferral {@code DEFERRABLE INITIALLY DEFERRED} with a space before it; empty text if it is not deferrable
     * @param comment what its COMMENT says
     */
    public record UniqueText(
            Identifier name,
            boolean primary,
            String tail,
            String present,
            String deferral,
            Optional<String> comment) {}
}
