package dev.neap.change.signal;

import java.time.Duration;
import java.util.Optional;

/**
 * How often a signal is read, and what becomes of work while it can't be.
 *
 * @param every from the end of one reading to the next; 100 ms to 10 min
 * @param staleAfter how old the last reading may be until it counts as none; longer than {@code every}, up to 1 h
 */
public record Sampling(
        Optional<Duration> every,
        Optional<Duration> staleAfter,
        Optional<WhenUnreadable> whenUnreadable) {

    /** The least that {@code every} may be. */
    public static final Duration LEAST_EVERY = Duration.ofMillis(100);
    /** The most that {@code every} may be. */
    public static final Duration MOST_EVERY = Duration.ofMinutes(10);
    /** The least that {@code staleAfter} may be. */
    public static final Duration LEAST_STALE = Duration.ofSeconds(1);
    /** The most that {@code staleAfter} may be. */
    public static final Duration MOST_STALE = Duration.ofHours(1);

    public static Sampling usual() {
        return new Sampling(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What is said here, and where nothing is, what the other says. */
    public Sampling over(Sampling other) {
        return new Sampling(
                every.or(other::every), staleAfter.or(other::staleAfter), whenUnreadable.or(other::whenUnreadable));
    }

    /**
     * The age at which a reading counts as none: what is set, or four intervals and 2 s, so that one slow answer does not
     * stop the work; at any rate more than the interval.
     *
     * @param interval at which it is read in the end
     */
    public Duration staleAfter(Duration interval) {
        Duration usual = interval.multipliedBy(4).plusSeconds(2);
        return staleAfter.filter(set -> set.compareTo(interval) > 0).orElse(usual);
    }
}
