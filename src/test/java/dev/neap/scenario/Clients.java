package dev.neap.scenario;

import dev.neap.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Sessions that do something again and again beside a change, until they are closed or one of them fails. */
final class Clients implements AutoCloseable {

    private final TestDatabase database;
    private final Duration between;
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong done = new AtomicLong();
    private volatile boolean stop;

    /** @param between how long each rests after it has done something */
    Clients(TestDatabase database, Duration between) {
        this.database = database;
        this.between = between;
    }

    /** What a session does again and again. */
    interface Work {
        /** @throws SQLException an error that counts, and ends the session */
        void once(Statement statement) throws SQLException;
    }

    /**
     * Begins one more session.
     *
     * @param settings for SET, of the session
     */
    void begin(Work work, String... settings) {
        threads.add(Thread.ofPlatform().daemon().start(() -> {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                for (String setting : settings) {
                    statement.execute("SET " + setting);
                }
                while (!stop) {
                    work.once(statement);
                    LockSupport.parkNanos(between.toNanos());
                }
            } catch (SQLException e) {
                failed(e.getSQLState() + " " + e.getMessage());
            }
        }));
    }

    /** One more thing was done. */
    void did() {
        done.incrementAndGet();
    }

    /** Something went wrong. */
    void failed(String what) {
        errors.add(what);
    }

    /** Returns once so many more things were done, or none will be any more. */
    void busyFor(int more) {
        long enough = done.get() + more;
        while (done.get() < enough && errors.isEmpty()) {
            LockSupport.parkNanos(500_000);
        }
    }

    /** What went wrong. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    /** Ends the sessions and waits for them. */
    @Override
    public void close() {
        stop = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
