package dev.neap.jdbc;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: {@code min(cap, base · 2^attempt)}, of which a random half is taken off, so that
 * many who failed together do not come back together ("equal jitter").
 *
 * @param base the first delay, before jitter; positive
 * @param cap the longest delay; at least {@code base}
 */
public record Backoff(Duration base, Duration cap) {

    /**
     * @param attempt 0 for the first retry
     */
    public Duration delay(int attempt, RandomGenerator random) {
        long full = Math.min(cap.toMillis(), base.toMillis() << Math.min(attempt, 20));
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
