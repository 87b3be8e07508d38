package dev.neap.change.signal;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The signals that Neap knows by name, each with what it is measured in and what holds where nothing is set. Those with a
 * default never hold work on a healthy database that nobody else uses; the others are read only when they are asked for.
 */
public enum SignalKind {
    /** How far standbys are behind; its limits are {@code max_replication_lag} and {@code max_replication_bytes}. */
    REPLICATION_LAG(Optional.empty(), Optional.empty(), Optional.empty(), Scope.STANDBY,
            "How far standbys are behind; its limits are max_replication_lag and max_replication_bytes."),
    /** Standbys that must be there; they are named in {@code required_standbys}. */
    REQUIRED_STANDBYS(Optional.empty(), Optional.empty(), Optional.empty(), Scope.NONE,
            "Whether the standbys named in required_standbys are connected."),
    /** WAL that a replication slot, in use or not, keeps from being removed. */
    SLOTS(Optional.of(Unit.BYTES), Optional.of("10GB"), Optional.of(Duration.ofSeconds(5)), Scope.SLOT,
            "How much WAL any replication slot retains."),
    /** WAL written by everyone. */
    WAL_RATE(Optional.of(Unit.BYTES_PER_SECOND), Optional.empty(), Optional.of(Duration.ofSeconds(1)), Scope.NONE,
            "How much WAL all sessions together write."),
    /** The last attempt to archive WAL failed. */
    ARCHIVE_FAILING(Optional.empty(), Optional.empty(), Optional.of(Duration.ofSeconds(5)), Scope.NONE,
            "Whether archiving WAL fails."),
    /** WAL segments that wait to be archived. */
    ARCHIVE_BACKLOG(Optional.of(Unit.NUMBER), Optional.empty(), Optional.of(Duration.ofSeconds(10)), Scope.NONE,
            "How many WAL segments wait to be archived."),
    /** Sessions of others that wait for a lock which Neap holds. */
    BLOCKED_SESSIONS(Optional.of(Unit.NUMBER), Optional.of("5"), Optional.of(Duration.ofSeconds(1)), Scope.APPLICATION,
            "How many sessions of others wait for locks that Neap holds."),
    /** Sessions of others that do something just now. */
    ACTIVE_SESSIONS(Optional.of(Unit.NUMBER), Optional.empty(), Optional.of(Duration.ofSeconds(1)), Scope.APPLICATION,
            "How many sessions of others are active."),
    /** The age of the oldest transaction. */
    OLDEST_TRANSACTION(Optional.of(Unit.DURATION), Optional.empty(), Optional.of(Duration.ofSeconds(5)),
            Scope.APPLICATION, "How old the oldest transaction of others is."),
    /** How many transactions back row versions must be kept for someone. */
    HORIZON(Optional.of(Unit.NUMBER), Optional.empty(), Optional.of(Duration.ofSeconds(5)), Scope.NONE,
            "How many transactions old the oldest snapshot is that keeps dead rows from being removed."),
    /** The share of dead rows in the table. */
    DEAD_ROWS(Optional.of(Unit.PERCENT), Optional.empty(), Optional.of(Duration.ofSeconds(10)), Scope.NONE,
            "Which share of the rows of the table at work is dead."),
    /** A vacuum of the table that is at work. */
    TABLE_VACUUM(Optional.empty(), Optional.empty(), Optional.of(Duration.ofSeconds(5)), Scope.NONE,
            "Whether a vacuum of someone else's goes over the table at work."),
    /** How many transactions are left until the server must stop taking new ones. */
    WRAPAROUND(Optional.of(Unit.NUMBER), Optional.of("800000000"), Optional.of(Duration.ofSeconds(30)), Scope.NONE,
            "How many transactions ago a database or the table at work was frozen last."),
    /** Checkpoints in the last ten minutes that were not begun by the clock. */
    FORCED_CHECKPOINTS(Optional.of(Unit.NUMBER), Optional.empty(), Optional.of(Duration.ofSeconds(5)), Scope.NONE,
            "How many checkpoints of the last ten minutes came early because of much WAL."),
    /** How long a row takes against how long it took before. */
    CHUNK_TIME(Optional.of(Unit.FACTOR), Optional.empty(), Optional.empty(), Scope.NONE,
            "How many times longer a row takes than at the quickest; slows work down, and never holds it."),
    /** How long a commit takes that waits for the disk. */
    COMMIT_TIME(Optional.of(Unit.DURATION), Optional.of("10ms"), Optional.of(Duration.ofMillis(100)), Scope.NONE,
            "How long commits of others wait for the disk; slows work down.");

    private final Optional<Unit> unit;
    private final Optional<String> limit;
    private final Optional<Duration> every;
    private final Scope scope;
    private final String doc;

    SignalKind(
            Optional<Unit> unit,
            Optional<String> limit,
            Optional<Duration> every,
            Scope scope,
            String doc) {
        this.unit = unit;
        this.limit = limit;
        this.every = every;
        this.scope = scope;
        this.doc = doc;
    }

    /** As in settings and documents: {@code active_sessions}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In what its limit is measured; empty if it has none of its own. */
    public Optional<Unit> unit() {
        return unit;
    }

    /** The limit that holds where none is set; empty if there is none. */
    public Optional<Double> defaultLimit() {
        return unit.flatMap(in -> limit.flatMap(in::parse));
    }

    /** Whether it is read where nothing is set. */
    public boolean isOnByDefault() {
        return switch (this) {
            case REPLICATION_LAG, REQUIRED_STANDBYS, ARCHIVE_FAILING -> true;
            default -> limit.isPresent();
        };
    }

    /** How often it is read where nothing is set; empty for {@code neap.pace.sample_every}. */
    public Optional<Duration> defaultEvery() {
        return every;
    }

    /** By whose names it may be narrowed down. */
    public Scope scope() {
        return scope;
    }

    /** Whether it looks at the tables that are changed just now, and says nothing of others. */
    public boolean isOfTables() {
        return switch (this) {
            case DEAD_ROWS, TABLE_VACUUM, WRAPAROUND -> true;
            case REPLICATION_LAG, REQUIRED_STANDBYS, SLOTS, WAL_RATE, ARCHIVE_FAILING, ARCHIVE_BACKLOG,
                    BLOCKED_SESSIONS,
                    ACTIVE_SESSIONS, OLDEST_TRANSACTION, HORIZON, FORCED_CHECKPOINTS, CHUNK_TIME, COMMIT_TIME ->
                false;
        };
    }

    /** What it tells: a sentence. */
    public String doc() {
        return doc;
    }

    public static Optional<SignalKind> of(String key) {
        return Stream.of(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }
}
