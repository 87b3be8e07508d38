package dev.neap.change.yaml;

import dev.neap.change.yaml.Place.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as change files write them: a whole number and a unit, {@code 250ms}, {@code 2s}, {@code 5min}, {@code 1h}. */
final class Durations {

    private static final String HOW = "Write a whole number and its unit: 250ms, 2s, 5min or 1h.";
    private static final String REGEX = "^[0-9]{1,9}(ms|s|min|h)$";
    private static final Pattern PATTERN = Pattern.compile("([0-9]{1,9})(ms|s|min|h)");

    private Durations() {}

    /** A duration from {@code min} to {@code max}, both included. */
    static Scalar<Duration> between(Duration min, Duration max) {
        return new Scalar<>(
                Set.of(Kind.TEXT), "a duration", HOW, text -> parse(text, min, max), Map.of("pattern", REGEX));
    }

    private static Duration parse(String text, Duration min, Duration max) throws Unfit {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            throw new Unfit("\"%s\" is no duration.".formatted(text), HOW);
        }
        long number = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "min" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
            throw new Unfit(
                    "%s is out of range.".formatted(text),
                    "Write a duration from %s to %s.".formatted(print(min), print(max)));
        }
        return duration;
    }

    /** The duration in the largest unit that leaves no fraction. */
    static String print(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0 || millis == 0) {
            return millis + "ms";
        }
        if (millis % 60_000 != 0) {
            return millis / 1000 + "s";
        }
        return millis % 3_600_000 != 0 ? millis / 60_000 + "min" : millis / 3_600_000 + "h";
    }
}
