package dev.neap.cli;

import dev.neap.control.Published;
import dev.neap.control.Setting;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A run as watched from anywhere: one screen, or one line. */
final class WatchText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    /** Without a word for so long, a process that should speak each second is said to be silent. */
    private static final Duration SILENT = Duration.ofSeconds(5);

    /** As many as a person looks at. */
    private static final int SIGNALS = 4;

    private WatchText() {}

    /**
     * @param width in columns; only the line of progress is made to fit
     */
    static List<String> screen(RunStatus status, Instant now, int width, ProgressText text) {
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s, run %d on %s".formatted(status.change(), StatusText.state(status), status.run(),
                status.table()));
        status.progress().ifPresent(told -> {
            lines.addAll(text.lines(told.progress(), now, width));
            Duration age = Duration.between(told.at(), now);
            if (age.compareTo(SILENT) > 0) {
                lines.add("  this is how it was %s ago".formatted(Words.took(age)));
            }
        });
        status.holder()
                .ifPresent(holder -> lines.add("  by       " + StatusText.holder(holder, now)
                        + status.progress()
                                .filter(told -> told.workers() > 0)
                                .map(told -> ", " + Words.count(told.workers(), "worker"))
                                .orElse("")));
        status.window()
                .ifPresent(window -> lines.add("  window   %s: %s%s"
                        .formatted(window.hours(), window.words(), window.left().map(left -> ", " + left).orElse(""))));
        lines.addAll(asked(status));
        status.progress().ifPresent(told -> {
            worst(told.readings()).forEach(reading -> lines.add("  signal   " + reading(reading)));
            told.events().forEach(event -> lines.add("  %s %s".formatted(TIME.format(event.at()), event.line())));
        });
        status.message().ifPresent(message -> lines.add("  why      " + message.replace('\n', ' ')));
        status.next().ifPresent(next -> lines.add("  next     " + next));
        return lines;
    }

    /** What people asked of it, a line each. */
    static List<String> asked(RunStatus status) {
        List<String> lines = new ArrayList<>();
        status.control()
                .ifPresent(control -> lines.add("  asked    %s%s%s"
                        .formatted(
                                control.state().name().toLowerCase(Locale.ROOT),
                                control.by().map(by -> " by " + by).orElse(""),
                                control.at().map(at -> ", " + StatusText.time(at)).orElse(""))));
        status.tuned().forEach(setting -> lines.add("  tuned    " + tuned(setting)));
        return lines;
    }

    private static String tuned(Setting setting) {
        return "%s %s%s by %s"
                .formatted(
                        setting.what().key(),
                        setting.value(),
                        setting.until().map(until -> ", until %s,".formatted(StatusText.time(until))).orElse(""),
                        setting.by());
    }

    /** Those that can't be read, then those that are nearest to their limits. */
    private static List<Published.SignalReading> worst(List<Published.SignalReading> readings) {
        return readings.stream()
                .sorted(Comparator.comparingDouble(
                        reading -> -reading.pressure().orElse(Double.POSITIVE_INFINITY)))
                .limit(SIGNALS)
                .toList();
    }

    private static String reading(Published.SignalReading reading) {
        return reading.pressure()
                .map(pressure -> "%s at %.0f %% of its limit: %s"
                        .formatted(reading.signal(), pressure * 100, reading.what()))
                .orElseGet(() -> "%s %s".formatted(reading.signal(), reading.what()));
    }

    /** The same in one line, for a log. */
    static String line(RunStatus status) {
        return "%s: %s%s"
                .formatted(
                        status.change(),
                        StatusText.state(status),
                        status.progress()
                                .map(RunProgress::progress)
                                .map(progress -> ", " + ProgressText.ASCII.line(progress))
                                .orElse(""));
    }
}
