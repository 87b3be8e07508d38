package dev.neap.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts for how long a run has waited, by what it waited for. A hold counts while it lasts; it ends with the first news of
 * work, so it may count up to one chunk too long, and its counts never fall.
 */
final class HoldClock {

    private final Map<String, Duration> totals = new HashMap<>();
    private Optional<String> source = Optional.empty();
    private Instant since = Instant.EPOCH;
    private Instant mark = Instant.EPOCH;

    /**
     * How the run stands from now on.
     *
     * @param holder what it waits for; empty if it works
     */
    void stands(Optional<String> holder, Instant now) {
        settle(now);
        if (source.isEmpty()) {
            since = now;
        }
        source = holder;
        source.ifPresent(name -> totals.putIfAbsent(name, Duration.ZERO));
    }

    private void settle(Instant now) {
        source.ifPresent(name -> totals.merge(name, between(mark, now), Duration::plus));
        mark = now;
    }

    /** All waits for {@code name} up to now. */
    Duration total(String name, Instant now) {
        Duration settled = totals.getOrDefault(name, Duration.ZERO);
        return source.filter(name::equals).isPresent() ? settled.plus(between(mark, now)) : settled;
    }

    /** How long the wait at hand has lasted, whatever it is for; zero if there is none. */
    Duration current(Instant now) {
        return source.isPresent() ? between(since, now) : Duration.ZERO;
    }

    /** A wall clock may be set back. */
    private static Duration between(Instant from, Instant to) {
        return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
    }
}
