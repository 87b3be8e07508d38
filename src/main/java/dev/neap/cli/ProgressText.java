package dev.neap.cli;

import dev.neap.run.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Progress as text.
 *
 * @param full stands for done in the bar
 * @param empty stands for not done
 */
record ProgressText(char full, char empty) {

    private static final int BAR = 20;

    static final ProgressText ASCII = new ProgressText('#', '.');
    static final ProgressText BLOCKS = new ProgressText('█', '░');

    /**
     * What a screen shows: how far it is, and below it what it does or why it waits.
     *
     * @param width in columns; no line is longer
     * @param rowsPerSecond smoothed; 0 if not known
     */
    List<String> lines(Progress progress, Instant now, int width, double rowsPerSecond) {
        List<String> parts = new ArrayList<>();
        parts.add(phase(progress));
        if (progress.total() > 0) {
            parts.add(bar(progress));
            parts.add("%3d %%".formatted(percent(progress)));
        }
        parts.addAll(numbers(progress, rowsPerSecond));
        String second = progress.waiting()
                .map(why -> "waits: " + why)
                .orElseGet(() -> "%s (%s)".formatted(progress.title(), Words.took(sinceStart(progress, now))));
        return List.of(fit(parts, width), cut("  " + second, width));
    }

    /** The same in one line, for a log. */
    String line(Progress progress, double rowsPerSecond) {
        List<String> parts = new ArrayList<>();
        parts.add(phase(progress).strip().replaceAll(" +", " "));
        parts.add(progress.title());
        if (progress.total() > 0) {
            parts.add(percent(progress) + " %");
        }
        parts.addAll(numbers(progress, rowsPerSecond));
        progress.waiting().ifPresent(why -> parts.add("waits: " + why));
        return String.join(", ", parts);
    }

    private static String phase(Progress progress) {
        String name = progress.phase().name().toLowerCase(Locale.ROOT);
        return progress.step() == 0 ? name : "%-9s step %d/%d".formatted(name, progress.step(), progress.steps());
    }

    private static List<String> numbers(Progress progress, double rowsPerSecond) {
        List<String> numbers = new ArrayList<>();
        if (progress.total() <= 0) {
            return numbers;
        }
        numbers.add(progress.visited() > progress.total()
                ? Words.count(progress.visited(), "row")
                : "%s of %s".formatted(Words.count(progress.visited()), Words.count(progress.total(), "row")));
        if (rowsPerSecond >= 1) {
            numbers.add(Words.count(Math.round(rowsPerSecond)) + " rows/s");
        }
        remaining(progress, rowsPerSecond).ifPresent(left -> numbers.add(Words.about(left)));
        return numbers;
    }

    /** Empty if it can't be known: no speed yet, or more rows than were estimated. */
    static Optional<Duration> remaining(Progress progress, double rowsPerSecond) {
        long left = progress.total() - progress.visited();
        if (rowsPerSecond <= 0 || left <= 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis((long) Math.min(1e15, left / rowsPerSecond * 1_000)));
    }

    /** The estimate may be too low: only the end is 100. */
    private static int percent(Progress progress) {
        return (int) Math.clamp(progress.visited() * 100.0 / progress.total(), 0, 99);
    }

    private String bar(Progress progress) {
        int done = (int) Math.clamp(progress.visited() * (double) BAR / progress.total(), 0, BAR);
        return String.valueOf(full).repeat(done) + String.valueOf(empty).repeat(BAR - done);
    }

    /** As many parts from the left as have room; the first is cut if even it has none. */
    private static String fit(List<String> parts, int width) {
        String line = parts.getFirst();
        for (String part : parts.subList(1, parts.size())) {
            if (line.length() + 2 + part.length() <= width) {
                line += "  " + part;
            }
        }
        return cut(line, width);
    }

    /** Control characters would move the cursor; wide ones make the line longer than counted, which only looks bad. */
    static String cut(String line, int width) {
        String plain = line.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= width ? plain : plain.substring(0, Math.max(0, width));
    }

    private static Duration sinceStart(Progress progress, Instant now) {
        Duration since = Duration.between(progress.since(), now);
        return since.isNegative() ? Duration.ZERO : since.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    }
}
