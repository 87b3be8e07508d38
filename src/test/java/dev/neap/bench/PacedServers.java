package dev.neap.bench;

import dev.neap.postgres.Await;
import dev.neap.postgres.Brake;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A primary and two streaming standbys, of which one can be slowed. */
final class PacedServers implements AutoCloseable {

    /** The name in pg_stat_replication of the one that can be slowed. */
    static final String SLOW = "slow";

    /** In each cycle, the slowed standby's startup process, which replays, runs for so long. */
    static final Duration RUNS = Duration.ofMillis(2);

    /** And then stands still for so long. */
    static final Duration STANDS = Duration.ofMillis(98);

    private static final Duration LONGEST_CATCHING_UP = Duration.ofSeconds(30);
    private static final String WRITTEN = "pg_current_wal_lsn()";
    private static final String RECEIVED = "pg_last_wal_receive_lsn()";
    private static final String REPLAYED = "pg_last_wal_replay_lsn()";

    private final Member primary;
    private final Member slow;
    private final Member fast;

    /** A server with a session to look at it. */
    private record Member(BenchServer server, SingleConnectionDataSource session) {

        static Member of(BenchServer server) {
            return new Member(server, new SingleConnectionDataSource(server.databases().url("postgres"), true));
        }

        JdbcClient client() {
            return JdbcClient.create(session);
        }

        /** In bytes since the beginning of the log. */
        long position(String what) {
            return client().sql("SELECT coalesce(pg_wal_lsn_diff(%s, '0/0'), 0)::bigint".formatted(what))
                    .query(Long.class)
                    .single();
        }

        void end() {
            session.destroy();
            server.close();
        }
    }

    /**
     * How far each is, in bytes since the beginning of the log.
     *
     * @param slow what that standby has replayed; no more than {@code written}
     * @param fast the same
     */
    record Positions(long written, long slow, long fast) {}

    private PacedServers(BenchServer primary, BenchServer slow, BenchServer fast) {
        this.primary = Member.of(primary);
        this.slow = Member.of(slow);
        this.fast = Member.of(fast);
    }

    /** Makes the standbys; all three are closed by {@link #close()}. */
    static PacedServers of(BenchServer primary) {
        return new PacedServers(primary, primary.standby(SLOW), primary.standby("fast"));
    }

    Databases databases() {
        return primary.server().databases();
    }

    BenchServer primary() {
        return primary.server();
    }

    Positions positions() {
        long slowly = slow.position(REPLAYED);
        long fastly = fast.position(REPLAYED);
        return new Positions(primary.position(WRITTEN), slowly, fastly);
    }

    /** Returns once both standbys have replayed all that the primary has written by now. */
    void awaitStandbys() {
        long written = primary.position(WRITTEN);
        Await.until("the standbys have caught up", () -> {
            Positions now = positions();
            return Math.min(now.slow(), now.fast()) >= written;
        });
    }

    /** Slows the one standby until that is closed. */
    Brake brake() {
        long replaying = slow.client()
                .sql("SELECT pid FROM pg_stat_activity WHERE backend_type = 'startup'")
                .query(Long.class)
                .single();
        return Brake.on(replaying, RUNS, STANDS);
    }

    /**
     * What was made, and how fast it was replayed.
     *
     * @param bytes of WAL
     * @param perSecond bytes that the slowed standby replays
     */
    record Alone(long bytes, double perSecond) {}

    /** What the slowed standby replays of some work's WAL when all of it is there: that work is done before. */
    Alone replaysAlone(Runnable work) {
        awaitStandbys();
        slow.client().sql("SELECT pg_wal_replay_pause()").query().singleRow();
        long before = primary.position(WRITTEN);
        work.run();
        long goal = primary.position(WRITTEN);
        Await.until("the standby has received all", () -> slow.position(RECEIVED) >= goal);
        try (Brake brake = brake()) {
            long paused = slow.position(REPLAYED);
            slow.client().sql("SELECT pg_wal_replay_resume()").query().singleRow();
            Await.until("the standby replays", () -> slow.position(REPLAYED) > paused);
            long began = System.nanoTime();
            long from = slow.position(REPLAYED);
            long now = from;
            long elapsed = 0;
            while (now < goal && elapsed < LONGEST_CATCHING_UP.toNanos()) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                now = slow.position(REPLAYED);
                elapsed = System.nanoTime() - began;
            }
            return new Alone(goal - before, (now - from) / (elapsed / 1e9));
        }
    }

    @Override
    public void close() {
        slow.end();
        fast.end();
        primary.end();
    }
}
