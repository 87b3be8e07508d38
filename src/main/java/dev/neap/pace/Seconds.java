package dev.neap.pace;

import java.time.Duration;
import java.time.Instant;

/** Durations as numbers to calculate with. */
final class Seconds {

    private Seconds() {}

    static double of(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** Negative if {@code to} is before {@code from}. */
    static double between(Instant from, Instant to) {
        return of(Duration.between(from, to));
    }

    /** At most an hour, so that a rate near zero makes no absurd rest. */
    static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(Math.clamp(seconds, 0, 3_600) * 1e9));
    }

    /**
     * How much of an average stays when a value of the last {@code elapsed} is taken in, so that values weigh less by the
     * factor e for each {@code horizon} of age.
     */
    static double keeps(double elapsed, double horizon) {
        return Math.exp(-elapsed / horizon);
    }
}
