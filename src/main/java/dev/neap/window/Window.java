package dev.neap.window;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The hours in which work may run: all of {@code hours} together, without the days of the blackouts. Answers from nothing
 * but an instant. Nothing is looked for further ahead than {@link #HORIZON}.
 *
 * @param hours not empty; may overlap
 * @param blackouts each counts for all of the hours
 */
public record Window(List<Hours> hours, List<Blackout> blackouts) {

    /** About three years: beyond it nobody plans. */
    public static final Duration HORIZON = Duration.ofDays(1_100);

    /** Longer than any hours and what lies between them, so that a look ahead rarely has to be repeated. */
    private static final Duration WEEK = Duration.ofDays(8);

    public Window {
        hours = List.copyOf(hours);
        blackouts = List.copyOf(blackouts);
        if (hours.isEmpty()) {
            throw new IllegalArgumentException("A window has no hours. Give it some, or leave it out.");
        }
    }

    public boolean isOpen(Instant at) {
        return !Openings.between(this, at, at.plusNanos(1)).isEmpty();
    }

    /**
     * The opening at hand; empty while it is closed. Of one that is longer than a week, the beginning is at most a week
     * back; of one that is longer than {@link #HORIZON}, the end is there.
     */
    public Optional<Opening> opening(Instant at) {
        Instant since = at.minus(WEEK);
        for (Duration ahead = WEEK;; ahead = ahead.multipliedBy(2)) {
            Instant until = at.plus(min(ahead, HORIZON));
            Optional<Opening> found = Openings.between(this, since, until)
                    .stream()
                    .filter(opening -> opening.contains(at))
                    .findFirst();
            if (found.isEmpty() || found.get().closes().isBefore(until) || ahead.compareTo(HORIZON) > 0) {
                return found;
            }
        }
    }

    /** When it opens next, after {@code at}; empty if it does not within {@link #HORIZON}. */
    public Optional<Instant> opens(Instant at) {
        for (Duration ahead = WEEK;; ahead = ahead.multipliedBy(2)) {
            // One before it shows that what begins at it is no opening, but goes on.
            Optional<Instant> found = Openings
                    .between(this, at.minusNanos(1), at.plus(min(ahead, HORIZON)))
                    .stream()
                    .map(Opening::opens)
                    .filter(opens -> opens.isAfter(at))
                    .findFirst();
            if (found.isPresent() || ahead.compareTo(HORIZON) > 0) {
                return found;
            }
        }
    }

    /** How long it is open between two instants; none if the second is not after the first. */
    public Duration open(Instant from, Instant to) {
        return Openings.between(this, from, to)
                .stream()
                .map(Opening::length)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The length of the longest opening of which a part lies within the next week. */
    public Duration longest(Instant at) {
        return Openings.between(this, at, at.plus(WEEK))
                .stream()
                .flatMap(opening -> opening(opening.opens()).stream())
                .map(Opening::length)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /**
     * When work that goes on only while it is open will be done.
     *
     * @param from when the work begins, or goes on
     * @param work how much is left; not negative; even none is done only once it is open
     * @return empty if it will not be done within {@link #HORIZON}
     */
    public Optional<Finish> done(Instant from, Duration work) {
        if (work.isZero()) {
            return isOpen(from) ? Optional.of(new Finish(from, 1)) : opens(from).map(opens -> new Finish(opens, 1));
        }
        Duration left = work;
        int openings = 0;
        Instant last = from;
        Instant end = from.plus(HORIZON);
        for (Instant since = from; since.isBefore(end); since = since.plus(WEEK)) {
            for (Opening opening : Openings.between(this, since, since.plus(WEEK))) {
                openings += openings > 0 && opening.opens().equals(last) ? 0 : 1;
                last = opening.closes();
                if (left.compareTo(opening.length()) <= 0) {
                    return Optional.of(new Finish(opening.opens().plus(left), openings));
                }
                left = left.minus(opening.length());
            }
        }
        return Optional.empty();
    }

    /** The zone in which its times are told to people. */
    public ZoneId zone() {
        return hours.getFirst().zone();
    }

    /** What one opening is called: {@code night} or {@code window}. */
    public String noun() {
        return hours.stream().allMatch(Hours::areAtNight) ? "night" : "window";
    }

    /** {@code mon-fri 22:00-06:00 Europe/Berlin, not on 2026-12-24}. */
    @Override
    public String toString() {
        String not = blackouts.stream().map(Blackout::toString).collect(Collectors.joining(", "));
        return hours.stream().map(Hours::toString).collect(Collectors.joining("; "))
                + (not.isEmpty() ? "" : ", not on " + not);
    }

    private static Duration min(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }
}
