package dev.neap.step;

import dev.neap.step.BackfillStep.Assignment;
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
}
