package dev.neap.app;

import dev.neap.window.Blackout;
import dev.neap.window.Days;
import dev.neap.window.Hours;
import dev.neap.window.WeekTime;
import dev.neap.window.Window;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * In which hours runs may work: at any time if nothing is set.
 *
 * @param from when they begin: {@code 22:00}, {@code fri 22:00}
 * @param to when they end
 * @param zone whose clocks tell
 * @param days on which daily hours begin: {@code mon-fri}; every day if empty
 * @param blackouts days on which nothing runs: {@code 2026-12-24}, {@code 2026-12-31/2027-01-01}
 * @param ranges more hours in the same zone
 */
public record WindowSettings(
        Optional<String> from,
        Optional<String> to,
        Optional<String> zone,
        @DefaultValue List<String> days,
        @DefaultValue List<String> blackouts,
        @DefaultValue List<Range> ranges) {

    /** As the first three settings. */
    public record Range(String from, String to, @DefaultValue List<String> days) {}

    public WindowSettings {
        // What is left empty in YAML is an empty text.
        from = from.filter(text -> !text.isBlank());
        to = to.filter(text -> !text.isBlank());
        zone = zone.filter(text -> !text.isBlank());
        days = List.copyOf(days);
        blackouts = List.copyOf(blackouts);
        ranges = List.copyOf(ranges);
        window(from, to, zone, days, blackouts, ranges);
    }

    /** Empty for at any time. */
    public Optional<Window> window() {
        return window(from, to, zone, days, blackouts, ranges);
    }

    private static Optional<Window> window(
            Optional<String> from,
            Optional<String> to,
            Optional<String> zone,
            List<String> days,
            List<String> blackouts,
            List<Range> ranges) {
        if (from.isPresent() != to.isPresent()) {
            throw refused("Only one of neap.window.from and neap.window.to is set. Set both, or neither.");
        }
        List<Range> all = new ArrayList<>();
        from.ifPresent(begin -> all.add(new Range(begin, to.orElseThrow(), days)));
        if (from.isEmpty() && !days.isEmpty()) {
            throw refused("Setting neap.window.days has no hours. Set neap.window.from and neap.window.to.");
        }
        all.addAll(ranges);
        if (all.isEmpty()) {
            if (!blackouts.isEmpty()) {
                throw refused("Setting neap.window.blackouts has no hours. Set neap.window.from to 00:00 and"
                        + " neap.window.to to 24:00.");
            }
            return Optional.empty();
        }
        ZoneId in = zone(zone.orElseThrow(() -> refused(
                "Setting neap.window.zone is missing: nobody could tell whose clocks count. Set it, such as to"
                        + " Europe/Berlin.")));
        return Optional.of(new Window(
                all.stream().map(range -> hours(range, in)).toList(),
                blackouts.stream().map(text -> blackout(text, in)).toList()));
    }

    private static Hours hours(Range range, ZoneId zone) {
        WeekTime from = time(range.from());
        WeekTime to = time(range.to());
        Set<DayOfWeek> days = new HashSet<>(range.days().isEmpty() ? Hours.EVERY_DAY : Set.of());
        range.days()
                .forEach(text -> days.addAll(Days.of(text)
                        .orElseThrow(
                                () -> refused("Setting neap.window.days has \"%s\", and that is no day. Write days such"
                                        .formatted(text) + " as [mon-thu, sat]."))));
        Hours.mistake(from, to, days).ifPresent(why -> {
            throw refused("Setting neap.window is no window. " + why);
        });
        return new Hours(from, to, days, zone);
    }

    private static WeekTime time(String text) {
        return WeekTime.of(text)
                .orElseThrow(() -> refused(
                        "Setting neap.window has \"%s\", and that is no time. Write it as \"22:00\" or \"fri 22:00\"."
                                .formatted(text)));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            // Without its cause: who reads the settings tells the innermost.
            throw refused(
                    "Setting neap.window.zone is \"%s\", and there is no such zone. Write one of the IANA database,"
                            .formatted(text) + " such as Europe/Berlin.");
        }
    }

    private static Blackout blackout(String text, ZoneId zone) {
        return Blackout.of(text, zone)
                .orElseThrow(() -> refused(
                        "Setting neap.window.blackouts has \"%s\", and that is no day or stretch of days. Write it as"
                                .formatted(text) + " \"2026-12-24\" or \"2026-12-31/2027-01-01\"."));
    }

    private static IllegalArgumentException refused(String message) {
        return new IllegalArgumentException(message);
    }
}
