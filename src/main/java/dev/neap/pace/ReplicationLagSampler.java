package dev.neap.pace;

import dev.neap.jdbc.SqlState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code pg_stat_replication} on a thread and a connection of its own, so that it never delays a chunk. */
public final class ReplicationLagSampler implements SignalSource, AutoCloseable {

    private static final String STANDBYS = """
            SELECT coalesce(nullif(application_name, ''), host(client_addr), 'standby')
                   || CASE WHEN count(*) OVER (PARTITION BY application_name) > 1 THEN ' (pid ' || pid || ')' ELSE '' END
                     AS name,
                   pg_wal_lsn_diff(replay_lsn, '0/0')::bigint                   AS replayed,
                   pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint    AS behind,
                   (extract(epoch FROM replay_lag) * 1000)::bigint             AS lag_ms
              FROM pg_stat_replication
             WHERE state IS NULL OR state IN ('streaming', 'catchup')
             ORDER BY 1
            """;

    private final JdbcClient jdbc;
    private final ReplicationLag lag;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("neap-replication-lag").unstarted(task));
    private volatile Reading latest;

    /** Begins to read at once, and then every {@code interval}. */
    public ReplicationLagSampler(DataSource dataSource, Duration limit, Duration interval, InstantSource clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.lag = new ReplicationLag(limit);
        this.clock = clock;
        this.latest = read();
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                () -> latest = read(), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public String name() {
        return "replication_lag";
    }

    @Override
    public Reading latest() {
        return latest;
    }

    private Reading read() {
        Instant now = clock.instant();
        try {
            List<ReplicationLag.Standby> standbys = jdbc.sql(STANDBYS)
                    .query((row, i) -> new ReplicationLag.Standby(
                            row.getString("name"),
                            Optional.ofNullable(row.getObject("replayed", Long.class)),
                            Optional.ofNullable(row.getObject("behind", Long.class)),
                            Optional.ofNullable(row.getObject("lag_ms", Long.class)).map(Duration::ofMillis)))
                    .list();
            return lag.judge(standbys, now);
        } catch (DataAccessException e) {
            return new Reading.Unreadable(
                    now, SqlState.find(e).map(SqlState::message).orElse("the query failed"));
        }
    }

    /** Lets a query that is under way end, for a second at most. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
