package dev.neap.window;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A window at one instant.
 *
 * @param open whether work may run now
 * @param closes when it closes; empty while it is closed, or if nobody lives to see it
 * @param opens when it opens next; empty if it does not within {@link Window#HORIZON}
 * @param at now
 * @param zone in which times are told
 */
public record Moment(boolean open, Optional<Instant> closes, Optional<Instant> opens, Instant at, ZoneId zone) {

    public static Moment of(Window window, Instant now) {
        Optional<Opening> opening = window.opening(now);
        return new Moment(
                opening.isPresent(),
                opening.map(Opening::closes).filter(closes -> closes.isBefore(now.plus(Window.HORIZON))),
                window.opens(now),
                now,
                window.zone());
    }

    /** {@code open until Tue 06:00 Europe/Berlin (in 3 h)}. */
    public String words() {
        if (open) {
            return closes.map(instant -> "open until " + told(instant)).orElse("open at all times");
        }
        return opens.map(instant -> "closed until " + told(instant))
                .orElse("closed, and does not open in the next three years");
    }

    /** {@code Tue 06:00 Europe/Berlin (in 3 h)}. */
    public String told(Instant instant) {
        return "%s %s (in %s)"
                .formatted(Times.told(instant, at, zone), zone, Times.rounded(Duration.between(at, instant)));
    }
}
