package dev.neap.cli;

import dev.neap.run.Remaining;
import java.time.Duration;
import java.util.Locale;

/** Numbers and durations for people. */
final class Words {

    private Words() {}

    /** With its first letter as at the beginning of a sentence. */
    static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

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

    /**
     * How long something will go on, no more exactly than it is known: {@code 12–15 min left}, {@code about 40 s left}.
     *
     * @param dash between two numbers
     */
    static String left(Remaining remaining, char dash) {
        return amount(remaining, dash) + " left";
    }

    /**
     * As much of something: {@code 12–15 min}, {@code about 40 s}.
     *
     * @param dash between two numbers
     */
    static String amount(Remaining remaining, char dash) {
        long high = remaining.high().toSeconds();
        if (high < 10) {
            return "a few seconds";
        }
        if (high < 90) {
            return span(remaining, 10, " s", dash);
        }
        if (high < 90 * 60) {
            return span(remaining, 60, " min", dash);
        }
        return high < 48 * 3_600 ? hours(remaining, dash) : span(remaining, 24 * 3_600, " days", dash);
    }

    /** In steps of so many seconds, which are counted in tens of seconds only where there are ten of them. */
    private static String span(Remaining remaining, long step, String unit, char dash) {
        long each = step == 10 ? 10 : 1;
        long low = Math.round(remaining.low().toSeconds() / (double) step) * each;
        long high = Math.max(1, Math.round(remaining.high().toSeconds() / (double) step)) * each;
        if (low == 0) {
            return "up to %d%s".formatted(high, unit);
        }
        return low == high ? "about %d%s".formatted(high, unit) : "%d%c%d%s".formatted(low, dash, high, unit);
    }

    private static String hours(Remaining remaining, char dash) {
        String low = halfHours(remaining.low());
        String high = halfHours(remaining.high());
        if (low.equals("0")) {
            return "up to %s h".formatted(high);
        }
        return low.equals(high) ? "about %s h".formatted(high) : "%s%c%s h".formatted(low, dash, high);
    }

    /** {@code 3}, {@code 3.5}. */
    private static String halfHours(Duration duration) {
        long halves = Math.round(duration.toSeconds() / 1_800.0);
        return halves % 2 == 0 ? String.valueOf(halves / 2) : halves / 2 + ".5";
    }
}
