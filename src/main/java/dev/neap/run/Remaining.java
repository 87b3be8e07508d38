package dev.neap.run;

import java.time.Duration;

/**
 * How long a pass will go on.
 *
 * @param low if nothing holds it and it is as fast as it may be; ≥ 0
 * @param high if it is held as often as lately, and as slow as it may be; ≥ {@code low}
 */
public record Remaining(Duration low, Duration high) {

    public Remaining {
        if (low.isNegative() || high.compareTo(low) < 0) {
            throw new IllegalArgumentException("From %s to %s is no time that may remain.".formatted(low, high));
        }
    }
}
