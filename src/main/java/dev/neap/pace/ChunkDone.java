package dev.neap.pace;

import java.time.Duration;
import java.time.Instant;

/**
 * A chunk that is over, told to whoever wants to learn from it.
 *
 * @param at when it ended
 * @param took from the beginning of its transaction to the end of its commit or rollback
 * @param rows passed; 0 if it was rolled back
 * @param changed how many of them were changed; at most {@code rows}, where rows are counted at all
 */
public record ChunkDone(Instant at, Duration took, long rows, long changed) {

    /** Called by the worker between its chunks: must answer at once and throw nothing. */
    @FunctionalInterface
    public interface Listener {
        void done(ChunkDone chunk);
    }

    public ChunkDone {
        if (took.isNegative() || rows < 0 || changed < 0) {
            throw new IllegalArgumentException("A chunk can't take less than no time, or have less than no rows.");
        }
    }
}
