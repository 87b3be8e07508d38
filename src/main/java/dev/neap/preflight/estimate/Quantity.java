package dev.neap.preflight.estimate;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Quantity {

    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private Quantity() {}

    /** {@code 489 MB}: powers of 1024, as {@code pg_size_pretty} counts; one decimal below ten. */
    public static String bytes(long bytes) {
        if (Math.abs(bytes) < 1024) {
            return bytes + " bytes";
        }
        double value = bytes / 1024.0;
        int unit = 0;
        while (Math.abs(value) >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return number(value) + " " + UNITS[unit];
    }

    /** {@code 2,000,000}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1,204 rows}. */
    public static String rows(long rows) {
        return count(rows) + (rows == 1 ? " row" : " rows");
    }

    /** {@code 350 ms}, {@code 14 s}, {@code 3 min 20 s}, {@code 5 h 12 min}, {@code 3 d 4 h}: two units at most. */
    public static String time(Duration time) {
        if (time.toMillis() < 1000) {
            return time.toMillis() + " ms";
        }
        long seconds = time.toSeconds();
        if (seconds < 60) {
            return time.toMillisPart() == 0 || seconds >= 10
                    ? seconds + " s"
                    : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    private static String number(double value) {
        return Math.abs(value) < 10
                ? String.format(Locale.ROOT, "%.1f", value)
                : String.format(Locale.ROOT, "%,.0f", value);
    }
}
