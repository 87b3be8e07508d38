package dev.neap.demo;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the standby's replay is behind, read from the primary ten times a second. */
final class Lag implements AutoCloseable {

    private static final long INTERVAL = Duration.ofMillis(100).toNanos();

    /** What was seen in one stage. */
    static final class Seen {
        private final Latencies times = new Latencies();
        private final AtomicLong bytes = new AtomicLong();
        private final AtomicLong within = new AtomicLong();
        private final AtomicLong blind = new AtomicLong();

        /** Between the primary's commit and the standby's replay; an idle standby counts as zero. */
        Latencies times() {
            return times;
        }

        /** Of WAL not yet replayed, at most. */
        long bytes() {
            return bytes.get();
        }

        /** How often it was seen within its limit. */
        long within() {
            return within.get();
        }

        /** A look at the standby. */
        void record(long nanos, Duration limit) {
            times.record(nanos);
            if (nanos <= limit.toNanos()) {
                within.incrementAndGet();
            }
        }

        /** Whether it was so nine times out of ten, or never looked: a run may need a moment to notice a slow standby. */
        boolean steered() {
            return within() >= 0.9 * times.count();
        }

        /** How often the standby was not connected, or the primary could not be asked. */
        long blind() {
            return blind.get();
        }
    }

    private record Sample(long bytes, long nanos, long written) {}

    private final JdbcClient client;
    private final Map<Traffic.Stage, Seen> seen = new EnumMap<>(Traffic.Stage.class);
    private final Duration limit;
    private final Thread thread;
    private volatile Traffic.Stage stage = Traffic.Stage.WARM_UP;
    private volatile Sample latest = new Sample(0, 0, 0);
    private volatile boolean stopped;

    private Lag(DemoDatabase primary, Duration limit) {
        this.client = JdbcClient.create(primary.dataSource("neap demo lag"));
        this.limit = limit;
        for (Traffic.Stage each : Traffic.Stage.values()) {
            seen.put(each, new Seen());
        }
        this.thread = Thread.ofPlatform().daemon().name("demo-lag").unstarted(this::work);
    }

    /** @param limit that the run is to keep the standby within */
    static Lag watch(DemoDatabase primary, Duration limit) {
        Lag lag = new Lag(primary, limit);
        lag.thread.start();
        return lag;
    }

    private void work() {
        for (long due = System.nanoTime(); !stopped; due += INTERVAL) {
            for (long left = due - System.nanoTime(); left > 0 && !stopped; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            Seen now = seen(stage);
            try {
                Sample sample = sample();
                now.bytes.accumulateAndGet(sample.bytes(), Math::max);
                now.record(sample.nanos(), limit);
                latest = sample;
            } catch (DataAccessException e) {
                now.blind.incrementAndGet();
            }
        }
    }

    /** replay_lag is NULL while nothing is to replay; a standby that is not connected has no row, which throws. */
    private Sample sample() {
        return client.sql("""
                SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint,
                       (extract(epoch FROM coalesce(replay_lag, interval '0')) * 1e9)::bigint,
                       pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint
                FROM pg_stat_replication
                WHERE application_name = :standby""")
                .param("standby", DemoServers.STANDBY)
                .query((row, n) -> new Sample(row.getLong(1), row.getLong(2), row.getLong(3)))
                .single();
    }

    Duration limit() {
        return limit;
    }

    /** How many bytes of WAL the primary had written when it was last looked at. */
    long written() {
        return latest.written();
    }

    /** How far the standby was behind when it was last looked at. */
    Duration now() {
        return Duration.ofNanos(latest.nanos());
    }

    void stage(Traffic.Stage next) {
        stage = next;
    }

    Seen seen(Traffic.Stage in) {
        return Objects.requireNonNull(seen.get(in));
    }

    /** May be called any number of times. */
    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        Waiting.forEndOf(thread);
    }
}
