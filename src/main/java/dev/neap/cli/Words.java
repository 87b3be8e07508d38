package dev.neap.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers and durations for people. */
final class Words {

    private Words() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 row}, {@code 2,000 rows}. */
    static String count(long number, String noun) {
        return count(number) + " " + (number == 1 ? noun : noun + "s");
    }

    /** How long something took: {@code 850 ms}, {@code 12.3 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
    static String took(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
        }
        if (duration.toHours() == 0) {
            return "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
        }
        return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }

    /** How long something will take, no more exactly than anyone can know. */
    static String about(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            return "a few seconds";
        }
        if (seconds < 90) {
            return "about %d s".formatted((seconds + 5) / 10 * 10);
        }
        long minutes = (seconds + 30) / 60;
        if (minutes < 90) {
            return "about %d min".formatted(minutes);
        }
        if (minutes < 48 * 60) {
            long tens = (minutes + 5) / 10 * 10;
            return tens % 60 == 0
                    ? "about %d h".formatted(tens / 60)
                    : "about %d h %d min".formatted(tens / 60, tens % 60);
        }
        return "about %d days".formatted((minutes + 12 * 60) / (24 * 60));
    }
}
