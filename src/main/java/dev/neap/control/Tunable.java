package dev.neap.control;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What can be changed while a run works. */
public sealed interface Tunable permits PaceValue, SignalLimit {

    /** As in change files, in the database and in JSON: {@code chunk_duration}, {@code slots_limit}, {@code sql.queue_limit}. */
    @JsonValue
    String key();

    /** As on the command line: {@code --chunk-duration}, {@code --limit slots}. */
    String option();

    /**
     * The value as it is stored and shown.
     *
     * @param text as typed: {@code 100ms}, {@code 4}, {@code 50%}, {@code 20GB}
     * @throws IllegalArgumentException if it is none, or out of range; the message says what to write
     */
    String check(String text);

    /** What a newer Neap may have left is none. */
    static Optional<Tunable> of(String key) {
        return Stream.concat(
                Arrays.stream(PaceValue.values()).filter(value -> value.key().equals(key)),
                SignalLimit.stored(key).stream())
                .map(Tunable.class::cast)
                .findFirst();
    }

    /** {@code 250ms}, {@code 2s}, {@code 5min}, {@code 1h}, {@code 2d}; empty if it is none. */
    static Optional<Duration> length(String text) {
        Matcher matcher = Pattern.compile("([0-9]{1,9})(ms|s|m|min|h|d)").matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofMinutes(number);
        });
    }
}
