package dev.neap.control;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.neap.change.signal.SignalKind;
import dev.neap.change.signal.Unit;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be changed while a run works. Ranges are those of the settings. */
public enum Tunable {
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
    MAX_REPLICATION_BYTES(Unit.BYTES),
    /** The limits of signals, as far as they are watched: each in its unit. */
    SLOTS_LIMIT(SignalKind.SLOTS),
    WAL_RATE_LIMIT(SignalKind.WAL_RATE),
    ARCHIVE_BACKLOG_LIMIT(SignalKind.ARCHIVE_BACKLOG),
    BLOCKED_SESSIONS_LIMIT(SignalKind.BLOCKED_SESSIONS),
    ACTIVE_SESSIONS_LIMIT(SignalKind.ACTIVE_SESSIONS),
    OLDEST_TRANSACTION_LIMIT(SignalKind.OLDEST_TRANSACTION),
    HORIZON_LIMIT(SignalKind.HORIZON),
    DEAD_ROWS_LIMIT(SignalKind.DEAD_ROWS),
    WRAPAROUND_LIMIT(SignalKind.WRAPAROUND),
    FORCED_CHECKPOINTS_LIMIT(SignalKind.FORCED_CHECKPOINTS),
    CHUNK_TIME_LIMIT(SignalKind.CHUNK_TIME),
    COMMIT_TIME_LIMIT(SignalKind.COMMIT_TIME);

    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,9})(ms|s|m|min|h|d)");

    /** Of what is stored with a unit of its own: {@code 100ms}. */
    private static final String LENGTHS = "ms";

    private final long least;
    private final long most;
    private final String unit;
    private final Optional<SignalKind> signal;
    /** That of a limit, which is stored as it is written; empty for what has a range. */
    private final Optional<Unit> measure;

    Tunable(Duration least, Duration most) {
        this(least.toMillis(), most.toMillis(), LENGTHS);
    }

    Tunable(long least, long most, String unit) {
        this.least = least;
        this.most = most;
        this.unit = unit;
        this.signal = Optional.empty();
        this.measure = Optional.empty();
    }

    Tunable(Unit measure) {
        this(Optional.empty(), Optional.of(measure));
    }

    Tunable(SignalKind signal) {
        this(Optional.of(signal), signal.unit());
    }

    Tunable(Optional<SignalKind> signal, Optional<Unit> measure) {
        this.least = 0;
        this.most = 0;
        this.unit = "";
        this.signal = signal;
        this.measure = measure;
    }

    private boolean isLength() {
        return unit.equals(LENGTHS);
    }

    /** As in change files, in the database and in JSON: {@code chunk_duration}. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The signal whose limit it is; empty where it is something else. */
    public Optional<SignalKind> signal() {
        return signal;
    }

    /** The limit of this signal; empty if it has none. */
    public static Optional<Tunable> limitOf(SignalKind kind) {
        return Arrays.stream(values()).filter(tunable -> tunable.signal.equals(Optional.of(kind))).findFirst();
    }

    /** As on the command line: {@code --chunk-duration}, {@code --limit slots}. */
    public String option() {
        return signal.isPresent()
                ? "--limit " + signal.get().key()
                : "--" + key().replace('_', '-');
    }

    static Optional<Tunable> of(String key) {
        return Arrays.stream(values()).filter(tunable -> tunable.key().equals(key)).findFirst();
    }

    /**
     * The value as it is stored and shown.
     *
     * @param text as typed: {@code 100ms}, {@code 4}, {@code 50%}, {@code 20GB}
     * @throws IllegalArgumentException if it is none, or out of range; the message says what to write
     */
    public String check(String text) {
        String bare = text.strip();
        if (measure.isPresent()) {
            return checked(bare, measure.get());
        }
        Optional<Long> value = isLength() ? length(bare).map(Duration::toMillis) : number(bare).map(Long::valueOf);
        if (value.filter(number -> number >= least && number <= most).isEmpty()) {
            throw unfit(bare);
        }
        return isLength() || bare.endsWith(unit) ? bare : bare + unit;
    }

    private String checked(String text, Unit in) {
        // A standby always has something to replay: with a limit of nothing, work would never go on.
        boolean fits = in.parse(text).filter(value -> signal.isPresent() || value > 0).isPresent();
        if (!fits) {
            throw new IllegalArgumentException(
                    "%s can't be \"%s\". Write %s.".formatted(option(), text, in.how()));
        }
        return text;
    }

    private IllegalArgumentException unfit(String text) {
        String what = isLength()
                ? "a duration from %s to %s".formatted(words(Duration.ofMillis(least)), words(Duration.ofMillis(most)))
                : "a whole number from %d%s to %d%s".formatted(least, unit, most, unit);
        return new IllegalArgumentException("%s can't be \"%s\". Write %s.".formatted(option(), text, what));
    }

    Optional<Integer> number(String text) {
        String bare = text.endsWith(unit) ? text.substring(0, text.length() - unit.length()) : text;
        return bare.matches("[0-9]{1,4}") ? Optional.of(Integer.parseInt(bare)) : Optional.empty();
    }

    /** The limit as a number; empty if it is none. */
    Optional<Double> limit(String text) {
        return measure.flatMap(in -> in.parse(text));
    }

    /** {@code 250ms}, {@code 2s}, {@code 5min}, {@code 1h}, {@code 2d}; empty if it is none. */
    public static Optional<Duration> length(String text) {
        Matcher matcher = LENGTH.matcher(text.strip());
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
