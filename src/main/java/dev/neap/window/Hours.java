package dev.neap.window;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Hours that come again each day, or each week: daily ones begin on each of {@code days} and end the same day or, where
 * {@code to} is not after {@code from}, the next; weekly ones name the day at both ends.
 *
 * @param from when they begin, by the clocks of the zone
 * @param to when they end
 * @param days on which daily hours begin; not empty; all for weekly ones
 * @param zone whose clocks tell
 */
public record Hours(WeekTime from, WeekTime to, Set<DayOfWeek> days, ZoneId zone) {

    /** Every day. */
    public static final Set<DayOfWeek> EVERY_DAY = Set.copyOf(EnumSet.allOf(DayOfWeek.class));

    public Hours {
        days = Set.copyOf(days);
        mistake(from, to, days).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
    }

    /** What is wrong with such hours, and how to write them, a sentence each; empty if nothing is. */
    public static Optional<String> mistake(WeekTime from, WeekTime to, Set<DayOfWeek> days) {
        if (days.isEmpty()) {
            return Optional.of("The hours begin on no day. Name one, or leave the days out.");
        }
        if (from.day().isPresent() != to.day().isPresent()) {
            return Optional.of("Only one of \"%s\" and \"%s\" has a day. Give one to both, or to neither."
                    .formatted(from, to));
        }
        if (from.day().isPresent() && days.size() < 7) {
            return Optional.of("Weekly hours from \"%s\" to \"%s\" have days besides. Leave the days out."
                    .formatted(from, to));
        }
        if (from.endsDay()) {
            return Optional.of("Hours can't begin at 24:00. Write 00:00, of the next day.");
        }
        if (from.equals(to)) {
            return Optional.of("The hours begin and end at %s. Write 00:00 and 24:00 for a whole day.".formatted(from));
        }
        return Optional.empty();
    }

    /** Days from that of the beginning to that of the end; 0 to 7. */
    private int over() {
        int midnight = to.endsDay() ? 1 : 0;
        if (from.day().isPresent() && to.day().isPresent()) {
            int between = Math.floorMod(to.day().get().getValue() - from.day().get().getValue(), 7);
            return (between == 0 && to.minutes() < from.minutes() ? 7 : between) + midnight;
        }
        return to.minutes() < from.minutes() ? 1 : midnight;
    }

    private boolean beginOn(LocalDate date) {
        return from.day().map(date.getDayOfWeek()::equals).orElseGet(() -> days.contains(date.getDayOfWeek()));
    }

    /** Those that touch the time from {@code since} until {@code until}, in order; they may overlap. */
    List<Opening> openings(Instant since, Instant until) {
        int over = over();
        LocalDate last = until.atZone(zone).toLocalDate();
        List<Opening> openings = new ArrayList<>();
        for (LocalDate date = since.atZone(zone).toLocalDate().minusDays(over + 1L); !date.isAfter(last); date = date
                .plusDays(1)) {
            if (!beginOn(date)) {
                continue;
            }
            Instant opens = LocalTimes.instant(date.atTime(from.time()), zone);
            Instant closes = LocalTimes.instant(date.plusDays(over).atTime(to.time()), zone);
            // Both may be the moment at which clocks are put forward.
            if (opens.isBefore(closes) && closes.isAfter(since) && opens.isBefore(until)) {
                openings.add(new Opening(opens, closes));
            }
        }
        return openings;
    }

    /** Whether they are at night: over midnight, or over before most people begin to work. */
    boolean areAtNight() {
        return from.day().isEmpty() && ((over() == 1 && !to.endsDay()) || to.minutes() <= 9 * 60);
    }

    /** {@code mon-fri 22:00-06:00 Europe/Berlin}. */
    @Override
    public String toString() {
        String week = from.day().isPresent() ? "" : Days.words(days);
        String dash = from.day().isPresent() ? " - " : "-";
        return (week.isEmpty() ? "" : week + " ") + from + dash + to + " " + zone;
    }
}
