package dev.neap.cli;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Rows per second, smoothed so that an estimate made from it does not jump: an exponential mean, where a sample that is
 * {@code t} after the one before weighs {@code 1 − e^(−t/τ)}.
 */
final class Speed {

    /** τ: how long the past counts. */
    private static final double MEMORY_SECONDS = 10;

    private double mean;
    private @Nullable Instant last;

    /**
     * @param rowsPerSecond ≥ 0; 0 is no news: nothing was measured yet, or nothing moves
     */
    void sample(double rowsPerSecond, Instant now) {
        if (rowsPerSecond <= 0) {
            return;
        }
        if (last == null) {
            mean = rowsPerSecond;
        } else {
            double seconds = Math.max(0, Duration.between(last, now).toMillis() / 1_000.0);
            mean += (rowsPerSecond - mean) * (1 - Math.exp(-seconds / MEMORY_SECONDS));
        }
        last = now;
    }

    /** 0 before the first sample. */
    double rowsPerSecond() {
        return mean;
    }

    /** Another step has another speed. */
    void forget() {
        mean = 0;
        last = null;
    }
}
