package dev.neap.pace;

import java.time.Duration;

/**
 * For how long signals may hold a run.
 *
 * @param max without a single chunk between; positive
 * @param then what happens when it is over
 */
public record HoldLimit(Duration max, OnMaxHold then) {

    /** What happens when a run has been held for too long. */
    public enum OnMaxHold {
        /** It is said, once a hold, and the run waits on. */
        ALERT,
        /** It is said, and the run ends, to be gone on with by the next one. */
        FAIL
    }

    public HoldLimit {
        if (!max.isPositive()) {
            throw new IllegalArgumentException("A run can't be held for less than no time.");
        }
    }
}
