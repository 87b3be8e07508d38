package dev.neap.pace.signal;

import dev.neap.change.signal.Unit;
import dev.neap.pace.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far a standby is behind, asked of itself: also one that streams from another standby, which the primary doesn't see.
 *
 * <p>{@code now() − pg_last_xact_replay_timestamp()} grows on an idle standby too, so it counts only while something is
 * left to replay, and only where the primary's positions are not known, against which replay is judged else.
 */
final class ReplicaProbe implements ServerSignal {

    private static final String STATE = """
            SELECT pg_is_in_recovery() AS standby,
                   pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() END, '0/0')::bigint
                     AS received,
                   pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() END, '0/0')::bigint
                     AS replayed,
                   (extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000)::bigint AS age_ms,
                   EXISTS (SELECT 1 FROM pg_stat_wal_receiver) AS receives
            """;

    /**
     * What a standby says of itself.
     *
     * @param standby whether it is one
     * @param received bytes since the beginning of the log; empty if it never streamed
     * @param replayed likewise
     * @param age of the last transaction that it replayed
     * @param receives whether a process of its is there to receive WAL
     */
    record State(
            boolean standby,
            Optional<Long> received,
            Optional<Long> replayed,
            Optional<Duration> age,
            boolean receives) {}

    private final String name;
    private final Supplier<Duration> limit;
    private final Supplier<OptionalLong> bytesLimit;
    private final WalHistory history;

    ReplicaProbe(String name, Supplier<Duration> limit, Supplier<OptionalLong> maxBytes, WalHistory history) {
        this.name = name;
        this.limit = limit;
        this.bytesLimit = maxBytes;
        this.history = history;
    }

    @Override
    public Reading read(JdbcClient replica, Instant now) {
        return judge(
                replica.sql(STATE)
                        .query((row, i) -> new State(
                                row.getBoolean("standby"),
                                Optional.ofNullable(row.getObject("received", Long.class)),
                                Optional.ofNullable(row.getObject("replayed", Long.class)),
                                Optional.ofNullable(row.getObject("age_ms", Long.class)).map(Duration::ofMillis),
                                row.getBoolean("receives")))
                        .single(),
                now);
    }

    Reading judge(State state, Instant now) {
        if (!state.standby()) {
            return new Reading.Unreadable(now, "the server at its URL is no standby");
        }
        if (state.replayed().isEmpty()) {
            return new Reading.Unreadable(now, "it has replayed nothing yet");
        }
        long replayed = state.replayed().get();
        OptionalLong primary = history.last(now);
        if (primary.isEmpty() && !state.receives()) {
            return new Reading.Unreadable(
                    now, "it receives nothing, and the primary does not tell how far it should be");
        }
        long written = Math.max(primary.orElse(0), state.received().orElse(0L));
        long bytes = Math.max(0, written - replayed);
        Duration lag = bytes == 0
                ? Duration.ZERO
                : primary.isPresent()
                        ? history.behind(replayed, now)
                        : state.age().filter(age -> !age.isNegative()).orElse(Duration.ZERO);
        Duration maxLag = limit.get();
        OptionalLong maxBytes = bytesLimit.get();
        double byTime = Pressure.of(lag.toMillis(), (double) maxLag.toMillis());
        double byBytes = maxBytes.isPresent() ? Pressure.of(bytes, (double) maxBytes.getAsLong()) : 0;
        String what = byBytes > byTime
                ? "replica %s has %s to replay (limit %s)".formatted(
                        name, Unit.BYTES.words(bytes), Unit.BYTES.words(maxBytes.orElse(0)))
                : "replica %s is %s behind (limit %s)".formatted(
                        name, Unit.DURATION.words(lag.toMillis() / 1000.0),
                        Unit.DURATION.words(maxLag.toMillis() / 1000.0));
        double pressure = Math.max(byTime, byBytes);
        return primary.isPresent()
                ? new Reading.Replay(
                        now, pressure, what, written,
                        List.of(new Reading.Standby(name, replayed, Optional.of(maxLag), maxBytes, Optional.of(lag))))
                : new Reading.Level(now, pressure, what, OptionalDouble.of(lag.toMillis() / 1000.0));
    }
}
