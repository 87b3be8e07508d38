package dev.neap.batch;

import dev.neap.plan.PlannedStep;
import dev.neap.run.ProgressBoard;

/**
 * A step's place in its job, and where it says how far it is.
 *
 * @param number from 1
 * @param of how many
 */
record Place(int number, int of, PlannedStep planned, ProgressBoard board) {

    void begin(String title) {
        board.begin(planned.step().phase(), number, of, title);
    }
}
