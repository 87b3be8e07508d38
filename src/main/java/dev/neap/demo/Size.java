package dev.neap.demo;

import java.util.Locale;

/** Bytes in words, in powers of 1024 as PostgreSQL's pg_size_pretty counts. */
final class Size {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Size() {}

    /** {@code 268 MB}, {@code 4.7 GB}. */
    static String of(long bytes) {
        double value = bytes;
        int unit = 0;
        while (Math.abs(value) >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        String pattern = unit >= 2 && Math.abs(value) < 10 ? "%.1f %s" : "%.0f %s";
        return String.format(Locale.ROOT, pattern, value, UNITS[unit]);
    }
}
