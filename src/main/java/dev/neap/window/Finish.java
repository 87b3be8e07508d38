package dev.neap.window;

import java.time.Instant;

/**
 * When work will be done that goes on only while a window is open.
 *
 * @param at the instant at which it is done
 * @param openings in how many openings it is done, the one at hand included; ≥ 1
 */
public record Finish(Instant at, int openings) {

    public Finish {
        if (openings < 1) {
            throw new IllegalArgumentException("Work is done in at least one opening, not in %d.".formatted(openings));
        }
    }
}
