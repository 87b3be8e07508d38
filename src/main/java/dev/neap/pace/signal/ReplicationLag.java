package dev.neap.pace.signal;

import dev.neap.change.signal.SignalOptions;
import dev.neap.change.signal.Unit;
import dev.neap.pace.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far streaming standbys are behind, in seconds and in bytes; the larger share of its limit counts.
 *
 * <p>{@code pg_stat_replication.replay_lag} is NULL while a standby is idle, and also while its receiver hangs and bytes
 * pile up; on a standby that reconnects after a day it is small. So a standby is as far behind as {@link WalHistory}
 * says, or as {@code replay_lag} says if that is more. {@code reply_time} is the standby's own clock, so its age is told
 * but judged only in that positions which nobody confirms grow old.
 *
 * <p>Two things make a standby look stuck that is not: it confirms what it has replayed only when it gets more WAL, and a
 * record that was written only in part can't be replayed. So while one seems to stand still there is a heartbeat: a
 * transaction of nothing, whose end completes the record before it, and which the standby confirms.
 */
final class ReplicationLag implements ServerSignal {

    private static final String STANDBYS = """
            SELECT pg_wal_lsn_diff(w.lsn, '0/0')::bigint AS written,
                   s.name,
                   s.state IS NULL AS hidden,
                   pg_wal_lsn_diff(coalesce(s.replay_lsn, CASE WHEN s.state = 'catchup' THEN s.sent_lsn END), '0/0')::bigint
                     AS replayed,
                   (extract(epoch FROM s.replay_lag) * 1000)::bigint AS lag_ms,
                   (extract(epoch FROM clock_timestamp() - s.reply_time) * 1000)::bigint AS silent_ms
              FROM (SELECT pg_current_wal_lsn() AS lsn) w
              LEFT JOIN (SELECT r.*,
                                coalesce(nullif(application_name, ''), host(client_addr), 'standby')
                                  || CASE WHEN count(*) OVER (PARTITION BY application_name) > 1
                                          THEN ' (pid ' || pid || ')' ELSE '' END AS name
                           FROM pg_stat_replication r
                          WHERE state IS NULL OR state IN ('streaming', 'catchup')) s ON true
             ORDER BY s.name
            """;

    /** Assigns a transaction id, which makes the transaction's end be logged. */
    private static final String HEARTBEAT = "SELECT pg_current_xact_id()::text";

    private static final Duration BEAT = Duration.ofSeconds(1);

    /** Twice wal_receiver_status_interval as it is by default: whoever is there has said so by then. */
    private static final Duration SILENT = Duration.ofSeconds(20);

    /**
     * A row of {@code pg_stat_replication}.
     *
     * @param replayed in bytes since the beginning of the log; empty if this role may not see it
     * @param replayLag as the server measured it, if it did
     * @param silent how long ago it was last heard of, by its own clock
     */
    record Standby(String name, Optional<Long> replayed, Optional<Duration> replayLag, Optional<Duration> silent) {}

    private record Line(long written, Optional<Standby> standby) {}

    /** How far behind a standby may be. */
    private record Bounds(Duration maxLag, OptionalLong maxBytes) {}

    private record Judged(Standby standby, long position, Duration lag, double pressure, String what) {}

    private final Supplier<Duration> limit;
    private final Supplier<OptionalLong> bytesLimit;
    private final SignalOptions scope;
    private final WalHistory history;
    private Duration longest = Duration.ZERO;
    private Instant heartbeat = Instant.EPOCH;

    /**
     * @param limit asked at each reading
     * @param maxBytes not yet replayed; no limit if empty; asked at each look
     * @param scope which standbys count
     * @param history is told the primary's positions
     */
    ReplicationLag(Supplier<Duration> limit, Supplier<OptionalLong> maxBytes, SignalOptions scope, WalHistory history) {
        this.limit = limit;
        this.bytesLimit = maxBytes;
        this.scope = scope;
        this.history = history;
    }

    @Override
    public Reading read(JdbcClient server, Instant now) {
        List<Line> lines = server.sql(STANDBYS).query((row, i) -> {
            Optional<Long> replayed = Optional.ofNullable(row.getObject("replayed", Long.class));
            boolean hidden = row.getBoolean("hidden");
            // A mere receiver of WAL, such as pg_receivewal, replays nothing and is no standby.
            boolean isStandby = row.getString("name") != null && (hidden || replayed.isPresent());
            return new Line(
                    row.getLong("written"),
                    isStandby
                            ? Optional.of(new Standby(
                                    row.getString("name"),
                                    hidden ? Optional.empty() : replayed,
                                    Optional.ofNullable(row.getObject("lag_ms", Long.class)).map(Duration::ofMillis),
                                    Optional.ofNullable(row.getObject("silent_ms", Long.class))
                                            .map(Duration::ofMillis)))
                            : Optional.empty());
        }).list();
        Reading reading = judge(
                lines.getFirst().written(), lines.stream().flatMap(line -> line.standby().stream()).toList(), now);
        if (heartbeatIsDue(now)) {
            // Rolled back as every reading is, which is logged and flushed as a commit is, without waiting for it.
            server.sql(HEARTBEAT).query(String.class).single();
        }
        return reading;
    }

    /** Whether someone has seemed to stand still for a while, and there was none lately; then it counts as done. */
    boolean heartbeatIsDue(Instant now) {
        if (longest.compareTo(BEAT) < 0 || Duration.between(heartbeat, now).compareTo(BEAT) < 0) {
            return false;
        }
        heartbeat = now;
        return true;
    }

    /**
     * @param written the primary's position, in bytes since the beginning of the log
     * @param now not before that of the call before
     */
    Reading judge(long written, List<Standby> all, Instant now) {
        Duration maxLag = limit.get();
        OptionalLong maxBytes = bytesLimit.get();
        history.written(written, now);
        longest = Duration.ZERO;
        List<Reading.Standby> seen = new ArrayList<>();
        Optional<Judged> worst = Optional.empty();
        for (Standby standby : all) {
            if (!scope.counts(standby.name().replaceFirst(" \\(pid [0-9]+\\)$", ""))) {
                continue;
            }
            if (standby.replayed().isEmpty()) {
                return new Reading.Unreadable(
                        now,
                        "the position of standby %s is hidden from this role %s".formatted(standby.name(), REMEDY));
            }
            Judged judged = judge(standby, new Bounds(maxLag, maxBytes), written, now);
            if (worst.isEmpty() || judged.pressure() > worst.get().pressure()) {
                worst = Optional.of(judged);
            }
            seen.add(new Reading.Standby(
                    standby.name(), judged.position(), Optional.of(maxLag), maxBytes, Optional.of(judged.lag())));
        }
        return new Reading.Replay(
                now,
                worst.map(Judged::pressure).orElse(0.0),
                worst.map(Judged::what).orElse("no standby is connected"),
                written,
                seen);
    }

    private Judged judge(Standby standby, Bounds bounds, long written, Instant now) {
        Duration maxLag = bounds.maxLag();
        OptionalLong maxBytes = bounds.maxBytes();
        long position = standby.replayed().orElseThrow();
        long bytes = Math.max(0, written - position);
        Duration lag = bytes == 0 ? Duration.ZERO : longer(history.behind(position, now), standby.replayLag());
        longest = longer(longest, Optional.of(lag));
        double byTime = Pressure.of(lag.toMillis(), (double) maxLag.toMillis());
        double byBytes = maxBytes.isPresent() ? Pressure.of(bytes, (double) maxBytes.getAsLong()) : 0;
        String silent = standby.silent()
                .filter(age -> bytes > 0 && age.compareTo(SILENT) > 0)
                .map(age -> ", silent for %d s".formatted(age.toSeconds()))
                .orElse("");
        String what = byBytes > byTime
                ? "standby %s has %s to replay%s (limit %s)".formatted(
                        standby.name(), Unit.BYTES.words(bytes), silent, Unit.BYTES.words(maxBytes.orElse(0)))
                : "standby %s is %s behind%s (limit %s)".formatted(
                        standby.name(), Unit.DURATION.words(seconds(lag)), silent,
                        Unit.DURATION.words(seconds(maxLag)));
        return new Judged(standby, position, lag, Math.max(byTime, byBytes), what);
    }

    private static Duration longer(Duration lag, Optional<Duration> measured) {
        return measured.filter(other -> other.compareTo(lag) > 0).orElse(lag);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
