package dev.neap.run;

import dev.neap.window.Outlook;
import dev.neap.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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

    /** What becomes of it in a window; empty if it is over before that closes. */
    public Optional<Outlook> within(Window window, Instant now) {
        return Outlook.of(window, now, low, high);
    }
}
