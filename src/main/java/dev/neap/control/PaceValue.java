package dev.neap.control;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.neap.change.signal.Unit;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What can be changed of a run's pace while it works, besides the limits of signals. Ranges are those of the settings. */
public enum PaceValue implements Tunable {
    /** How long one transaction should take. */
    CHUNK_DURATION(Duration.ofMillis(10), Duration.ofSeconds(10)),
    /** Rest after each chunk. */
    PAUSE(Duration.ZERO, Duration.ofMinutes(1)),
    /** How many work at once. */
    WORKERS(1, 16, ""),
    /** Of the time that the pace leaves to it, in percent. */
    SHARE(1, 100, "%"),
    /** Work holds while any streaming standby is further behind. */
    MAX_REPLICATION_LAG(Duration.ofMillis(100), Duration.ofHours(1)),
    /** Work holds while any streaming standby has more to replay. */
    MAX_REPLICATION_BYTES(1, Long.MAX_VALUE, "B");

    /** Of what is stored with a unit of its own: {@code 100ms}. */
    private static final String LENGTHS = "ms";

    /** Likewise: {@code 64MB}. */
    private static final String SIZES = "B";

    private final long least;
    private final long most;
    private final String unit;

    PaceValue(Duration least, Duration most) {
        this(least.toMillis(), most.toMillis(), LENGTHS);
    }

    PaceValue(long least, long most, String unit) {
        this.least = least;
        this.most = most;
        this.unit = unit;
    }

    private boolean isLength() {
        return unit.equals(LENGTHS);
    }

    private boolean isSize() {
        return unit.equals(SIZES);
    }

    @Override
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String option() {
        return "--" + key().replace('_', '-');
    }

    @Override
    public String check(String text) {
        String bare = text.strip();
        if (value(bare).filter(number -> number >= least && number <= most).isEmpty()) {
            throw new IllegalArgumentException(
                    "%s can't be \"%s\". Write %s.".formatted(option(), bare, how()));
        }
        return isLength() || bare.endsWith(unit) ? bare : bare + unit;
    }

    private String how() {
        if (isSize()) {
            return Unit.BYTES.how();
        }
        return isLength()
                ? "a duration from %s to %s".formatted(words(Duration.ofMillis(least)), words(Duration.ofMillis(most)))
                : "a whole number from %d%s to %d%s".formatted(least, unit, most, unit);
    }

    /** As a number; empty if it is none. */
    private Optional<Long> value(String text) {
        if (isSize()) {
            return size(text);
        }
        return isLength() ? Tunable.length(text).map(Duration::toMillis) : number(text).map(Long::valueOf);
    }

    Optional<Integer> number(String text) {
        String bare = text.endsWith(unit) ? text.substring(0, text.length() - unit.length()) : text;
        return bare.matches("[0-9]{1,4}") ? Optional.of(Integer.parseInt(bare)) : Optional.empty();
    }

    /** Bytes; empty if it is none. */
    static Optional<Long> size(String text) {
        return Unit.BYTES.parse(text).map(Double::longValue);
    }

    /** The duration in the largest unit that leaves no fraction: {@code 90min}. */
    static String words(Duration duration) {
        if (duration.toMillis() % 1_000 != 0 || duration.isZero()) {
            return duration.toMillis() + "ms";
        }
        if (duration.toSeconds() % 60 != 0) {
            return duration.toSeconds() + "s";
        }
        return duration.toMinutes() % 60 == 0 ? duration.toHours() + "h" : duration.toMinutes() + "min";
    }
}
