package dev.neap.window;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What becomes of work that its window breaks off: when it will be done, and in how many openings.
 *
 * @param soonest if it takes no longer than it must
 * @param latest if it takes as long as it may; not before {@code soonest}
 * @param noun what one opening is called: {@code night}
 * @param zone in which times are told
 * @param seen when this was foreseen
 */
public record Outlook(Finish soonest, Finish latest, String noun, ZoneId zone, Instant seen) {

    /** Times closer together than this are told as one. */
    private static final Duration SAME = Duration.ofMinutes(20);

    /**
     * @param low how much work is left, at least
     * @param high how much work is left, at most
     * @return empty if all of it is done in the opening at hand, or beyond what is foreseen
     */
    public static Optional<Outlook> of(Window window, Instant now, Duration low, Duration high) {
        Optional<Finish> latest = window.done(now, high);
        boolean breaks = latest.filter(finish -> finish.openings() > 1 || !window.isOpen(now)).isPresent();
        return breaks
                ? window.done(now, low)
                        .map(soonest -> new Outlook(
                                soonest, latest.get(), window.noun(), window.zone(), now))
                : Optional.empty();
    }

    /**
     * {@code in 2 nights, done Thu 04:10 Europe/Berlin}.
     *
     * @param dash between two numbers
     */
    public String words(char dash) {
        int few = soonest.openings();
        int many = latest.openings();
        String nights = few == many
                ? "in %d %s%s".formatted(many, noun, many == 1 ? "" : "s")
                : "in %d%c%d %ss".formatted(few, dash, many, noun);
        String last = Times.told(latest.at(), seen, zone);
        boolean same = Duration.between(soonest.at(), latest.at()).compareTo(SAME) <= 0;
        return same
                ? "%s, done %s %s".formatted(nights, last, zone)
                : "%s, done %s%c%s %s".formatted(nights, Times.told(soonest.at(), seen, zone), dash, last, zone);
    }
}
