package dev.neap.batch;

import dev.neap.plan.PlannedStep;
import dev.neap.run.ProgressBoard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step's place in its job, and where it says how far it is.
 *
 * @param number from 1
 * @param of how many
 * @param onset done as it begins, before anything of it is; may be done again
 */
record Place(int number, int of, PlannedStep planned, ProgressBoard board, Runnable onset) {

    private static final Logger LOG = LoggerFactory.getLogger(Place.class);

    void begin(String title) {
        onset.run();
        board.begin(planned.step().phase(), number, of, title);
    }

    /** What a person should know at once. */
    void alert(String line) {
        LOG.warn("Change step {}: {}", planned.id(), line);
        board.event(line);
    }
}
