package dev.neap.step;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep.Assignment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is done with the rows of a range that are pending. */
public sealed interface RowWork {

    /** The table that rows go to, if it is another one. */
    default Optional<QualifiedName> destination() {
        return switch (this) {
            case Assign assign -> Optional.empty();
            case Transform transform -> Optional.empty();
            case Delete delete -> Optional.empty();
            case Archive archive -> Optional.of(archive.into());
            case Copy copy -> Optional.of(copy.into());
            case Mirror mirror -> Optional.of(mirror.into());
        };
    }

    /** Whether the rows are gone from their table afterwards. */
    default boolean removes() {
        return switch (this) {
            case Assign assign -> false;
            case Transform transform -> false;
            case Delete delete -> true;
            case Archive archive -> true;
            case Copy copy -> false;
            case Mirror mirror -> false;
        };
    }

    /**
     * Sets columns of the rows themselves.
     *
     * @param assignments at least one
     */
    record Assign(List<Assignment> assignments) implements RowWork {

        public Assign {
            assignments = List.copyOf(assignments);
            if (assignments.isEmpty()) {
                throw new IllegalArgumentException("A backfill has nothing to set.");
            }
        }
    }

    /**
     * Hands each row to a class, and writes what comes back.
     *
     * @param className of a {@code dev.neap.transform.RowTransform}
     * @param reads the columns that it is given; at least one
     * @param writes the columns that it may set; at least one
     */
    record Transform(String className, List<Identifier> reads, List<Identifier> writes) implements RowWork {

        public Transform {
            reads = List.copyOf(reads);
            writes = List.copyOf(writes);
            if (reads.isEmpty() || writes.isEmpty()) {
                throw new IllegalArgumentException("A transform has nothing to read or nothing to write.");
            }
        }
    }

    /** Deletes the rows. */
    record Delete() implements RowWork {}

    /**
     * Moves the rows into another table: what is deleted here and inserted there is one statement.
     *
     * @param columns those that are moved, called alike in both tables; at least one
     */
    record Archive(QualifiedName into, List<Identifier> columns) implements RowWork {

        public Archive {
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("Rows without a column can't be archived.");
            }
        }
    }

    /**
     * Inserts a row into another table for each of the rows.
     *
     * @param values columns of the other table, each with SQL over this one's columns; at least one
     * @param upsert empty if a row that is there already is an error
     */
    record Copy(QualifiedName into, List<Assignment> values, Optional<Upsert> upsert) implements RowWork {

        public Copy {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("Rows without a column can't be copied.");
            }
        }
    }

    /**
     * Makes another table hold the same rows as this one: inserts those that are missing there, puts right those that
     * differ, and deletes those that are not here. Rows are locked as they are copied, so that one which is deleted or
     * changed meanwhile can't come back: whoever does so waits for the chunk, or the chunk for them.
     *
     * @param rows in which columns, and how they follow; its key is a primary key there, unique here too, where the walk
     *     goes along the first of it
     * @param direction which of both tables this one is
     */
    record Mirror(QualifiedName into, Correspondence rows, Correspondence.Direction direction) implements RowWork {

        /** The condition under which a row has no equal in the other table. */
        public String missing(QualifiedName table) {
            return rows.missing(table, into, direction);
        }

        /** The condition under which a row of the other table, called {@code neap_there}, has none in this one. */
        public String surplus(QualifiedName table) {
            return "NOT EXISTS (SELECT FROM %s AS neap_here WHERE %s)"
                    .formatted(
                            table,
                            rows.key()
                                    .stream()
                                    .map(column -> "neap_here.%1$s = neap_there.%1$s".formatted(column))
                                    .collect(Collectors.joining(" AND ")));
        }
    }

    /**
     * What is done where the row is there already.
     *
     * @param key columns of a unique key of the other table
     * @param updates the columns that are set to what the copy would have; none to leave the row alone
     * @param differs the condition under which they are: SQL over {@code neap_there} and {@code excluded}
     */
    record Upsert(List<Identifier> key, List<Identifier> updates, String differs) {

        public Upsert {
            key = List.copyOf(key);
            updates = List.copyOf(updates);
        }
    }
}
