package dev.neap.window;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time in which a window is open without a break.
 *
 * @param opens the first instant in it
 * @param closes the first instant after it; later than {@code opens}
 */
public record Opening(Instant opens, Instant closes) {

    public Opening {
        if (!closes.isAfter(opens)) {
            throw new IllegalArgumentException("A window can't open at %s and close at %s.".formatted(opens, closes));
        }
    }

    public boolean contains(Instant at) {
        return !at.isBefore(opens) && at.isBefore(closes);
    }

    public Duration length() {
        return Duration.between(opens, closes);
    }
}
