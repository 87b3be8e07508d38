package dev.neap.app;

import java.time.Duration;

/** Checks settings against their ranges. */
final class Range {

    private Range() {}

    static void check(String setting, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "Setting %s is %s, and it must lie between %s and %s. Choose one in between."
                            .formatted(setting, words(value), words(least), words(most)));
        }
    }

    static void check(String setting, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "Setting %s is %d, and it must lie between %d and %d. Choose one in between."
                            .formatted(setting, value, least, most));
        }
    }

    static void check(String setting, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "Setting %s is %s, and it must lie between %s and %s. Choose one in between."
                            .formatted(setting, value, least, most));
        }
    }

    /** As it is written in the configuration: {@code 250ms}, {@code 10m}. */
    static String words(Duration value) {
        if (value.isZero()) {
            return "0";
        }
        if (value.toMillis() % 1_000 != 0) {
            return value.toMillis() + "ms";
        }
        if (value.toSeconds() % 3_600 == 0) {
            return value.toHours() + "h";
        }
        return value.toSeconds() % 60 == 0 ? value.toMinutes() + "m" : value.toSeconds() + "s";
    }
}
