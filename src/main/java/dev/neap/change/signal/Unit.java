package dev.neap.change.signal;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In what a signal is measured: how its limit is written, and its value told. */
public enum Unit {
    /** A number of things, or whatever a query returns. */
    NUMBER("[0-9]{1,15}(?:\\.[0-9]{1,6})?", "a number: 50", "50"),
    /** Bytes; 1 kB is 1024 of them, as PostgreSQL has it. */
    BYTES("[0-9]{1,9}(?:B|kB|MB|GB|TB)", "a whole number and its unit: 512kB, 64MB or 10GB", "64MB"),
    /** Bytes in a second. */
    BYTES_PER_SECOND("[0-9]{1,9}(?:B|kB|MB|GB|TB)/s", "a rate: 20MB/s", "20MB/s"),
    /** Seconds. */
    DURATION("[0-9]{1,9}(?:ms|s|min|m|h|d)", "a whole number and its unit: 250ms, 2s, 5min or 1h", "5min"),
    /** Hundredths. */
    PERCENT("[0-9]{1,3}%", "a share: 20%", "20%"),
    /** How many times as much. */
    FACTOR("[0-9]{1,3}(?:\\.[0-9]{1,2})?", "how many times as much: 3 or 1.5", "3");

    private static final Pattern PARTS = Pattern.compile("([0-9.]+)([A-Za-z%]*)(?:/s)?");
    private static final double KILO = 1024;

    private final Pattern pattern;
    private final String how;
    private final String example;

    Unit(String regex, String how, String example) {
        this.pattern = Pattern.compile(regex);
        this.how = how;
        this.example = example;
    }

    /** How a limit is written, to follow "Write ". */
    public String how() {
        return how;
    }

    /** A limit as it may be written. */
    public String example() {
        return example;
    }

    /** What a limit looks like, for JSON Schema. */
    public String regex() {
        return "^" + pattern.pattern() + "$";
    }

    /** Whether it is a number without a unit. */
    public boolean isBare() {
        return this == NUMBER || this == FACTOR;
    }

    /** In numbers, bytes, bytes per second, seconds, hundredths or times; empty if it is written otherwise. */
    public Optional<Double> parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!pattern.matcher(text).matches() || !parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(Double.parseDouble(parts.group(1)) * scale(parts.group(2)));
    }

    private static double scale(String unit) {
        return switch (unit) {
            case "kB" -> KILO;
            case "MB" -> KILO * KILO;
            case "GB" -> KILO * KILO * KILO;
            case "TB" -> KILO * KILO * KILO * KILO;
            case "ms" -> 0.001;
            case "m", "min" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            default -> 1;
        };
    }

    /** A count or a number of bytes, as {@link #words(double)}. */
    public String words(long value) {
        return words((double) value);
    }

    /** For people: {@code 1.5 GB}, {@code 2.0 s}, {@code 50}. */
    public String words(double value) {
        return switch (this) {
            case NUMBER -> value == Math.rint(value)
                    ? "%,d".formatted((long) value)
                    : String.format(Locale.ROOT, "%.2f", value);
            case BYTES -> bytes(value);
            case BYTES_PER_SECOND -> bytes(value) + "/s";
            case DURATION -> duration(value);
            case PERCENT -> "%d %%".formatted(Math.round(value));
            case FACTOR -> String.format(Locale.ROOT, "%.1f times", value);
        };
    }

    private static String bytes(double value) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double left = value;
        int unit = 0;
        while (left >= KILO && unit < units.length - 1) {
            left /= KILO;
            unit++;
        }
        return unit == 0 || left >= 100 || left == Math.rint(left)
                ? "%d %s".formatted(Math.round(left), units[unit])
                : String.format(Locale.ROOT, "%.1f %s", left, units[unit]);
    }

    private static String duration(double seconds) {
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return seconds < 7_200
                ? "%d min".formatted(Math.round(seconds / 60))
                : String.format(Locale.ROOT, "%.1f h", seconds / 3_600);
    }
}
