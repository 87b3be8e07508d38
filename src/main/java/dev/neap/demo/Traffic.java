package dev.neap.demo;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An application that reads and writes the users table at a steady rate, through a connection pool of its own, and keeps
 * a ledger of what it was told is committed.
 *
 * <p>An operation's time counts from the moment at which it was due, not from the one at which it was sent: if one waits
 * for a lock, those that queue up behind it are late too, as an application's users would be.
 */
final class Traffic implements AutoCloseable {

    /** What the times are compared by. */
    enum Stage {
        /** Not counted: the first operations open connections and compile code. */
        WARM_UP,
        /** Without the change. */
        BEFORE,
        /** With it. */
        DURING,
        /** With it, and a standby that is slowed down on purpose: only the standby's lag counts for this. */
        SLOWED
    }

    static final int WORKERS = 4;

    private final HikariDataSource pool;
    private final Ledger ledger = new Ledger();
    private final Map<Stage, Latencies> latencies = new EnumMap<>(Stage.class);
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReferenceArray<Release> running = new AtomicReferenceArray<>(WORKERS);
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicReference<Optional<String>> firstError = new AtomicReference<>(Optional.empty());
    private final long interval;
    private volatile Stage stage = Stage.WARM_UP;
    private volatile Release release = Release.OLD;
    private volatile boolean stopped;

    private Traffic(DemoDatabase database, int operationsPerSecond) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource("demo application"));
        config.setMaximumPoolSize(WORKERS);
        config.setPoolName("demo-application");
        this.pool = new HikariDataSource(config);
        this.interval = 1_000_000_000L * WORKERS / operationsPerSecond;
        for (Stage each : Stage.values()) {
            latencies.put(each, new Latencies());
        }
    }

    /**
     * Starts the old release.
     *
     * @param rows that the table was filled with
     */
    static Traffic start(DemoDatabase database, long rows, int operationsPerSecond) {
        Traffic traffic = new Traffic(database, operationsPerSecond);
        long start = System.nanoTime();
        for (int number = 0; number < WORKERS; number++) {
            Worker worker = new Worker(JdbcClient.create(traffic.pool), traffic.ledger, rows, number, WORKERS);
            int mine = number;
            long first = start + traffic.interval * number / WORKERS;
            traffic.threads.add(Thread.ofPlatform()
                    .daemon()
                    .name("demo-application-", number)
                    .start(() -> traffic.work(worker, mine, first)));
        }
        return traffic;
    }

    private void work(Worker worker, int number, long first) {
        for (long due = first; !stopped; due += interval) {
            for (long left = due - System.nanoTime(); left > 0 && !stopped; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (stopped) {
                return;
            }
            Release mine = release;
            running.set(number, mine);
            try {
                if (worker.operate(mine) == Worker.Kind.READ) {
                    reads.incrementAndGet();
                }
            } catch (RuntimeException e) {
                errors.incrementAndGet();
                firstError.compareAndSet(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
            }
            latencies(stage).record(System.nanoTime() - due);
        }
    }

    /** From now on, times count for this stage. */
    void stage(Stage next) {
        stage = next;
    }

    /** Deploys a release, one server of the application after the other; returns when none runs an earlier one. */
    void deploy(Release next) {
        release = next;
        Waiting.until("the application's new release", Duration.ofSeconds(30), () -> {
            for (int i = 0; i < WORKERS; i++) {
                if (running.get(i) != next) {
                    return false;
                }
            }
            return true;
        });
    }

    Latencies latencies(Stage of) {
        return Objects.requireNonNull(latencies.get(of));
    }

    /** What was committed so far; complete once this is closed. */
    Ledger ledger() {
        return ledger;
    }

    /** How many reads found what was last committed. */
    long reads() {
        return reads.get();
    }

    /** How many operations failed, or met a row that was not as committed. */
    long errors() {
        return errors.get();
    }

    /** What the first failed operation said. */
    Optional<String> firstError() {
        return firstError.get();
    }

    /** Starts no more operations; returns at once. */
    void stop() {
        stopped = true;
    }

    /** Lets the operations at hand end, and starts no others. May be called any number of times. */
    @Override
    public void close() {
        stop();
        threads.forEach(LockSupport::unpark);
        // The ledger is whole only when the last operation has ended; a lost server ends it with an error.
        threads.forEach(Waiting::forEndOf);
        pool.close();
    }
}
