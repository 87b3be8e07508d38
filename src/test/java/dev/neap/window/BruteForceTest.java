package dev.neap.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random windows around changes of clocks, against a list of all minutes. */
class BruteForceTest {

    private static final int DAYS = 24;
    private static final int MINUTES = DAYS * 24 * 60;

    /** Times in which each is first shown on or after its beginning; changes of half an hour, at midnight, of a day. */
    record Season(ZoneId zone, Instant begin) {
        static Season of(String zone, String begin) {
            return new Season(ZoneId.of(zone), Instant.parse(begin + "T00:00:00Z"));
        }
    }

    static List<Season> seasons() {
        return List.of(
                Season.of("Europe/Berlin", "2027-03-17"),
                Season.of("Europe/Berlin", "2027-10-20"),
                Season.of("America/New_York", "2027-03-03"),
                Season.of("America/New_York", "2027-10-27"),
                Season.of("Australia/Lord_Howe", "2027-03-24"),
                Season.of("Australia/Lord_Howe", "2027-09-22"),
                Season.of("America/Santiago", "2027-08-26"),
                Season.of("Pacific/Apia", "2011-12-20"),
                Season.of("Asia/Kolkata", "2027-01-01"),
                Season.of("UTC", "2028-02-18"));
    }

    @ParameterizedTest
    @MethodSource("seasons")
    void saysWhatAListOfAllMinutesSays(Season season) {
        Random random = new Random(season.hashCode());
        LocalDateTime[] shown = new LocalDateTime[MINUTES];
        for (int i = 0; i < MINUTES; i++) {
            shown[i] = at(season, i).atZone(season.zone()).toLocalDateTime();
        }
        for (int round = 0; round < 40; round++) {
            Window window = random(random, season);
            BitSet open = minutes(window, shown);
            for (int query = 0; query < 25; query++) {
                // Not near the end, where the list ends and the window does not.
                int from = random.nextInt(MINUTES / 2);
                int to = from + random.nextInt(MINUTES / 2);
                compare(window, open, season, from, to);
            }
        }
    }

    private static void compare(Window window, BitSet open, Season season, int from, int to) {
        String what = window + " from " + at(season, from) + " to " + at(season, to);
        int sum = open.get(from, to).cardinality();
        assertThat(window.open(at(season, from), at(season, to))).as(what).isEqualTo(Duration.ofMinutes(sum));
        assertThat(window.isOpen(at(season, from))).as(what).isEqualTo(open.get(from));
        assertThat(window.isOpen(at(season, from).plusSeconds(59))).as(what).isEqualTo(open.get(from));
        int closes = open.nextClearBit(from);
        if (open.get(from) && closes < MINUTES - 1_440) {
            assertThat(window.opening(at(season, from)).orElseThrow().closes()).as(what).isEqualTo(at(season, closes));
        }
        int opens = open.nextSetBit(open.nextClearBit(from));
        if (opens > 0) {
            assertThat(window.opens(at(season, from))).as(what).contains(at(season, opens));
        }
        if (sum > 0) {
            int last = open.previousSetBit(to - 1);
            assertThat(window.done(at(season, from), Duration.ofMinutes(sum)))
                    .as(what)
                    .contains(new Finish(at(season, last + 1), pieces(open, from, last)));
        }
    }

    private static int pieces(BitSet open, int from, int last) {
        int pieces = 0;
        for (int i = open.nextSetBit(from); i >= 0 && i <= last; i = open.nextSetBit(open.nextClearBit(i))) {
            pieces++;
        }
        return pieces;
    }

    /** A time begins in the first minute in which the clock shows it or a later one. */
    private static BitSet minutes(Window window, LocalDateTime[] shown) {
        BitSet open = new BitSet();
        for (Hours hours : window.hours()) {
            for (LocalDate date = shown[0].toLocalDate().minusDays(9); !date
                    .isAfter(shown[MINUTES - 1].toLocalDate()); date = date.plusDays(1)) {
                DayOfWeek day = date.getDayOfWeek();
                if (hours.from().day().map(day::equals).orElse(hours.days().contains(day))) {
                    LocalDateTime end = end(hours, date);
                    int from = first(shown, date.atStartOfDay().plusMinutes(hours.from().minutes()));
                    open.set(from, Math.max(from, first(shown, end)));
                }
            }
        }
        for (Blackout blackout : window.blackouts()) {
            open.clear(
                    first(shown, blackout.first().atStartOfDay()),
                    first(shown, blackout.last().plusDays(1).atStartOfDay()));
        }
        return open;
    }

    private static LocalDateTime end(Hours hours, LocalDate begin) {
        LocalDateTime from = begin.atStartOfDay().plusMinutes(hours.from().minutes());
        LocalDate date = begin;
        while (true) {
            LocalDateTime end = date.atStartOfDay().plusMinutes(hours.to().minutes());
            if (end.isAfter(from) && hours.to().day().map(date.getDayOfWeek()::equals).orElse(true)) {
                return end;
            }
            date = date.plusDays(1);
        }
    }

    private static int first(LocalDateTime[] shown, LocalDateTime time) {
        // A clock that is put back shows less again, so no binary search.
        for (int i = 0; i < MINUTES; i++) {
            if (!shown[i].isBefore(time)) {
                return i;
            }
        }
        return MINUTES;
    }

    private static Window random(Random random, Season season) {
        List<Hours> hours = new ArrayList<>();
        while (hours.size() < 1 + random.nextInt(3)) {
            boolean weekly = random.nextInt(4) == 0;
            WeekTime from = time(random, weekly, 1_440);
            WeekTime to = time(random, weekly, 1_441);
            Set<DayOfWeek> days = weekly ? Hours.EVERY_DAY : days(random);
            if (Hours.mistake(from, to, days).isEmpty()) {
                hours.add(new Hours(from, to, days, season.zone()));
            }
        }
        List<Blackout> blackouts = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            LocalDate first = season.begin()
                    .plus(random.nextInt(DAYS), ChronoUnit.DAYS)
                    .atZone(season.zone())
                    .toLocalDate();
            blackouts.add(new Blackout(first, first.plusDays(random.nextInt(3)), season.zone()));
        }
        return new Window(hours, blackouts);
    }

    /** Half of them in the small hours, where clocks are changed. */
    private static WeekTime time(Random random, boolean weekly, int bound) {
        Optional<DayOfWeek> day = weekly
                ? Optional.of(DayOfWeek.of(1 + random.nextInt(7)))
                : Optional.empty();
        return new WeekTime(day, random.nextBoolean() ? random.nextInt(5 * 60) : random.nextInt(bound));
    }

    private static Set<DayOfWeek> days(Random random) {
        Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
        days.removeIf(day -> random.nextInt(4) == 0);
        return days;
    }

    private static Instant at(Season season, int minute) {
        return season.begin().plus(minute, ChronoUnit.MINUTES);
    }
}
