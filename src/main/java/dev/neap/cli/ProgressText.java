package dev.neap.cli;

import dev.neap.run.Progress;
import dev.neap.run.Remaining;
import dev.neap.window.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Progress as text.
 *
 * @param full stands for done in the bar
 * @param empty stands for not done
 * @param dash stands between two numbers
 */
record ProgressText(char full, char empty, char dash) {

    private static final int BAR = 20;

    static final ProgressText ASCII = new ProgressText('#', '.', '-');
    static final ProgressText BLOCKS = new ProgressText('█', '░', '–');

    /**
     * A part of the first line.
     *
     * @param rank the part with the highest goes first where there is no room
     */
    private record Part(int rank, String text) {}

    /**
     * What a screen shows: how far it is, and below it what it does or why it waits.
     *
     * @param width in columns; no line is longer
     */
    List<String> lines(Progress progress, Instant now, int width) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(0, phase(progress)));
        if (progress.total() > 0) {
            parts.add(new Part(3, bar(progress)));
            parts.add(new Part(1, "%3d %%".formatted(percent(progress))));
        }
        parts.addAll(numbers(progress));
        String second = progress.waiting()
                .map(why -> "waits: " + why + held(progress).map(" (%s)"::formatted).orElse(""))
                .orElseGet(() -> "%s (%s)".formatted(progress.title(), sinceStart(progress, now)));
        return List.of(fit(parts, width), cut("  " + second, width));
    }

    /** The same in one line, for a log. */
    String line(Progress progress) {
        List<String> parts = new ArrayList<>();
        parts.add(phase(progress).strip().replaceAll(" +", " "));
        parts.add(progress.title());
        if (progress.total() > 0) {
            parts.add(percent(progress) + " %");
        }
        numbers(progress).forEach(part -> parts.add(part.text()));
        progress.waiting().ifPresent(why -> parts.add("waits: " + why));
        held(progress).ifPresent(parts::add);
        return String.join(", ", parts);
    }

    private static String phase(Progress progress) {
        String name = progress.phase().name().toLowerCase(Locale.ROOT);
        return progress.step() == 0 ? name : "%-9s step %d/%d".formatted(name, progress.step(), progress.steps());
    }

    private List<Part> numbers(Progress progress) {
        List<Part> numbers = new ArrayList<>();
        if (progress.total() <= 0) {
            return numbers;
        }
        numbers.add(new Part(
                5,
                progress.visited() >= progress.total()
                        ? Words.count(progress.visited(), "row")
                        : "%s of %s".formatted(Words.count(progress.visited()), Words.count(progress.total(), "row"))));
        if (progress.rowsPerSecond() >= 1) {
            numbers.add(new Part(4, Words.count(Math.round(progress.rowsPerSecond())) + " rows/s"));
        }
        progress.remaining().ifPresent(left -> numbers.add(new Part(2, left(left, progress.outlook()))));
        return numbers;
    }

    /** Where a window breaks it off, how long it works is not when it is done. */
    private String left(Remaining left, Optional<Outlook> outlook) {
        return outlook.map(done -> "%s of work, %s".formatted(Words.amount(left, dash), done.words(dash)))
                .orElseGet(() -> Words.left(left, dash));
    }

    /** The estimate may be too low: only the end is 100. */
    private static int percent(Progress progress) {
        return (int) Math.clamp(progress.visited() * 100.0 / progress.total(), 0, 99);
    }

    private String bar(Progress progress) {
        int done = (int) Math.clamp(progress.visited() * (double) BAR / progress.total(), 0, BAR);
        return String.valueOf(full).repeat(done) + String.valueOf(empty).repeat(BAR - done);
    }

    /** Where the screen is narrow, what matters least goes first. */
    private static String fit(List<Part> parts, int width) {
        List<Part> kept = new ArrayList<>(parts);
        while (kept.size() > 1 && join(kept).length() > width) {
            kept.remove(Collections.max(kept, Comparator.comparingInt(Part::rank)));
        }
        return cut(join(kept), width);
    }

    private static String join(List<Part> parts) {
        return parts.stream().map(Part::text).collect(Collectors.joining("  "));
    }

    /** Control characters would move the cursor; wide ones make the line longer than counted, which only looks bad. */
    static String cut(String line, int width) {
        String plain = line.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= width ? plain : plain.substring(0, Math.max(0, width));
    }

    private static String sinceStart(Progress progress, Instant now) {
        String all = whole(Duration.between(progress.since(), now));
        return held(progress).map(held -> all + ", " + held).orElse(all);
    }

    /** Only what a person would notice. */
    private static Optional<String> held(Progress progress) {
        return progress.held().toSeconds() < 1 ? Optional.empty() : Optional.of("held for " + whole(progress.held()));
    }

    private static String whole(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 60 ? seconds + " s" : Words.took(Duration.ofSeconds(seconds));
    }
}
