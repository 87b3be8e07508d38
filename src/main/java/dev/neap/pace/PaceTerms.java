package dev.neap.pace;

import java.time.Duration;

/**
 * How fast work may go where no signal slows it down. The pacer asks for them anew each time, so they may change while a run
 * works.
 *
 * @param chunk how long a chunk should take; positive
 * @param pause the least rest of a worker after a chunk; not negative
 * @param share which part of its time a worker works, from just above 0 to 1
 * @param holds for how long signals may hold
 */
public record PaceTerms(Duration chunk, Duration pause, double share, HoldLimit holds) {

    public PaceTerms {
        if (!chunk.isPositive() || pause.isNegative() || !(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "Chunks of %s, a pause of %s and a share of %s are no terms to work on."
                            .formatted(chunk, pause, share));
        }
    }
}
