package dev.neap.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * An application beside the work, on the table that is worked on: half its operations read a row by its key, half count
 * something up in one, at a steady rate, over eight sessions.
 *
 * <p>An operation's time counts from the moment at which it was due, not from the one at which it was sent: if all sessions
 * wait for a lock, those operations that come due meanwhile wait too, as an application's users would. Those still waiting
 * in the end count with the time that they have waited.
 */
final class SteadyLoad implements AutoCloseable {

    private static final int SESSIONS = 8;
    private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(2);

    private final TableCopy copy;
    private final long seed;
    private final long interval;
    private final long start = System.nanoTime();
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile ConcurrentHistogram nanos = histogram();
    private volatile boolean stopped;

    private SteadyLoad(TableCopy copy, long seed, int perSecond) {
        this.copy = copy;
        this.seed = seed;
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    static SteadyLoad start(TableCopy copy, long seed, int perSecond) {
        SteadyLoad load = new SteadyLoad(copy, seed, perSecond);
        for (int i = 0; i < SESSIONS; i++) {
            int session = i;
            load.threads.add(
                    Thread.ofPlatform().daemon().name("bench-load-", i).start(() -> load.work(session)));
        }
        return load;
    }

    private static ConcurrentHistogram histogram() {
        return new ConcurrentHistogram(LONGEST_NANOS, 3);
    }

    private void work(int session) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed + session);
        try (Connection connection = copy.databases().source(copy.database()).getConnection();
                Statement statement = connection.createStatement()) {
            while (true) {
                long due = start + next.getAndIncrement() * interval;
                await(due);
                if (stopped) {
                    record(due);
                    return;
                }
                operate(statement, random);
                record(due);
            }
        } catch (SQLException e) {
            failed.incrementAndGet();
        }
    }

    private void await(long due) {
        for (long left = due - System.nanoTime(); left > 0 && !stopped; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void operate(Statement statement, RandomGenerator random) {
        String row = copy.table().isRow(1 + random.nextLong(copy.rows()), seed);
        try {
            if (random.nextBoolean()) {
                statement.executeQuery("SELECT email, logins FROM public.users WHERE " + row).close();
            } else {
                statement.executeUpdate("UPDATE public.users SET logins = logins + 1 WHERE " + row);
            }
        } catch (SQLException e) {
            failed.incrementAndGet();
        }
    }

    /** Not what had not come due when all ended. */
    private void record(long due) {
        long waited = System.nanoTime() - due;
        if (waited >= 0) {
            nanos.recordValue(Math.min(waited, LONGEST_NANOS));
        }
    }

    /** Forgets what was measured so far. */
    void warmedUp() {
        nanos = histogram();
        failed.set(0);
    }

    /** Ends the load, and tells what was measured since it was warmed up. */
    Latency.Times end() {
        close();
        ConcurrentHistogram all = nanos;
        for (long due = start + next.getAndIncrement() * interval; due < System.nanoTime(); due = start
                + next.getAndIncrement() * interval) {
            record(due);
        }
        return new Latency.Times(
                millis(all.getValueAtPercentile(50)),
                millis(all.getValueAtPercentile(99)),
                millis(all.getMaxValue()),
                all.getTotalCount(),
                failed.get());
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    /** Lets the operations at hand end. */
    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
