package dev.neap.demo;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Has a standby replay no more than so many bytes of WAL a second, by pausing its replay whenever it is ahead of that. It
 * goes on receiving, as one does whose disk or processor is too slow. Replay goes on as before once this is closed, and
 * also ends with the server: nothing of it is kept.
 */
final class SlowReplay implements AutoCloseable {

    /** Seconds. */
    private static final double FALLS = 2;

    private static final Duration SLICE = Duration.ofMillis(2);

    private final SingleConnectionDataSource source;
    private final JdbcClient standby;
    private final Thread thread;
    private final double from;
    private final double to;
    private volatile boolean stopped;

    private SlowReplay(DemoDatabase standby, double from, double to) {
        this.source = new SingleConnectionDataSource(standby.jdbcUrl(), standby.user(), "", true);
        this.standby = JdbcClient.create(source);
        this.from = from;
        this.to = to;
        this.thread = Thread.ofPlatform().daemon().name("demo-slow-replay").unstarted(this::work);
    }

    /**
     * @param from bytes of WAL a second at first; positive
     * @param to bytes of WAL a second from two seconds on; positive
     */
    static SlowReplay of(DemoDatabase standby, double from, double to) {
        SlowReplay slow = new SlowReplay(standby, from, to);
        slow.thread.start();
        return slow;
    }

    private void work() {
        try {
            long begin = replayed();
            long since = System.nanoTime();
            boolean paused = false;
            while (!stopped) {
                boolean ahead = replayed() - begin >= allowed((System.nanoTime() - since) / 1e9);
                if (ahead != paused) {
                    call(ahead ? "pg_wal_replay_pause()" : "pg_wal_replay_resume()");
                    paused = ahead;
                }
                LockSupport.parkNanos(SLICE.toNanos());
            }
            call("pg_wal_replay_resume()");
        } catch (DataAccessException e) {
            // The servers were ended meanwhile, and nothing is left to be slowed down.
            stopped = true;
        } finally {
            source.destroy();
        }
    }

    /** Bytes within the first {@code seconds}, with a rate that falls evenly until it stays. */
    private double allowed(double seconds) {
        double falling = Math.min(seconds, FALLS);
        return from * falling - (from - to) * falling * falling / (2 * FALLS) + to * (seconds - falling);
    }

    /** Whether it has not come to an end with its server. */
    boolean works() {
        return thread.isAlive();
    }

    private long replayed() {
        return standby.sql("SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint")
                .query(Long.class)
                .single();
    }

    private void call(String function) {
        standby.sql("SELECT " + function).query().singleRow();
    }

    /** Returns when the standby replays as it did before. May be called any number of times. */
    @Override
    public void close() {
        stopped = true;
        Waiting.forEndOf(thread);
    }
}
