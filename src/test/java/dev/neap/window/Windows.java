package dev.neap.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** Windows and instants as tests write them. */
final class Windows {

    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private Windows() {}

    /** Daily hours: {@code 22:00-06:00}, on every day. */
    static Hours daily(String hours, ZoneId zone) {
        return new Hours(time(hours.split("-")[0]), time(hours.split("-")[1]), Hours.EVERY_DAY, zone);
    }

    /** Daily hours that begin on some days: {@code mon-fri}. */
    static Hours on(String days, String hours, ZoneId zone) {
        return new Hours(
                time(hours.split("-")[0]), time(hours.split("-")[1]), Days.of(days).orElseThrow(), zone);
    }

    /** Hours once a week: {@code fri 22:00}, {@code mon 06:00}. */
    static Hours weekly(String from, String to, ZoneId zone) {
        return new Hours(time(from), time(to), Hours.EVERY_DAY, zone);
    }

    static Window of(Hours... hours) {
        return new Window(List.of(hours), List.of());
    }

    static Window without(Hours hours, String... blackouts) {
        return new Window(
                List.of(hours),
                Stream.of(blackouts).map(text -> Blackout.of(text, hours.zone()).orElseThrow()).toList());
    }

    static WeekTime time(String text) {
        return WeekTime.of(text).orElseThrow();
    }

    static Instant berlin(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    static Instant utc(String instant) {
        return Instant.parse(instant + "Z");
    }
}
