package dev.neap.scenario;

import dev.neap.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sessions that insert rows, delete rows, update them, and change their keys, all over the key space, while a run is at
 * work on {@code public.counters (id bigint PRIMARY KEY, n int NOT NULL, note text)}.
 */
final class KeyWriters implements AutoCloseable {

    private final TestDatabase database;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Exception> errors = java.util.Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong statements = new AtomicLong();
    private final long keys;
    private volatile boolean stop;

    /**
     * @param keys of the table lie between 1 and this
     */
    KeyWriters(TestDatabase database, int sessions, long keys) {
        this.database = database;
        this.keys = keys;
        for (int i = 0; i < sessions; i++) {
            Random random = new Random(i);
            threads.add(Thread.ofPlatform().daemon().start(() -> work(random)));
        }
    }

    private void work(Random random) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            while (!stop) {
                attempt(statement, random);
            }
        } catch (SQLException e) {
            errors.add(e);
        }
    }

    private void attempt(Statement statement, Random random) throws SQLException {
        long from = 1 + random.nextLong(keys);
        long to = 1 + random.nextLong(keys * 11 / 10);
        try {
            statement.executeUpdate(
                    switch (random.nextInt(6)) {
                        // New code knows that new rows count as done.
                        case 0 -> "INSERT INTO counters (id, n) VALUES (%d, 1) ON CONFLICT DO NOTHING".formatted(to);
                        case 1 -> "DELETE FROM counters WHERE id = %d".formatted(from);
                        case 2 -> "UPDATE counters SET note = 'touched' WHERE id = %d".formatted(from);
                        default ->
                            "UPDATE counters SET id = %2$d WHERE id = %1$d AND NOT EXISTS (SELECT 1 FROM counters WHERE id = %2$d)"
                                    .formatted(from, to);
                    });
            statements.incrementAndGet();
        } catch (SQLException e) {
            // Two sessions of ours may move rows to one place; anything else would be the run's doing.
            if (!"23505".equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    /** What went wrong for the application. */
    List<Exception> errors() {
        return List.copyOf(errors);
    }

    long statements() {
        return statements.get();
    }

    /** Ends the sessions and waits for them. */
    @Override
    public void close() throws InterruptedException {
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
