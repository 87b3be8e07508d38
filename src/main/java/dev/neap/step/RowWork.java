package dev.neap.step;

import dev.neap.step.BackfillStep.Assignment;
import dev.neap.sql.Identifier;
import java.util.List;

/** What is done with the rows of a range that are pending. */
public sealed interface RowWork {

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
}
