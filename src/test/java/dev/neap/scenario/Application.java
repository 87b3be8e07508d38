package dev.neap.scenario;

import dev.neap.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sessions of one release of an application at work: two that write and read, and one that holds its transactions open for
 * a while. Each gives up, with an error that counts, when it has to wait for a table longer than it was told.
 */
final class Application implements AutoCloseable {

    private static final int WRITERS = 2;
    private static final long BETWEEN_NANOS = 500_000;

    private final TestDatabase database;
    private final Release release;
    private final String patience;
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong statements = new AtomicLong();
    private volatile boolean stop;

    /**
     * @param patience the longest wait for a lock, as PostgreSQL's lock_timeout takes it
     */
    Application(TestDatabase database, Release release, String patience) {
        this.database = database;
        this.release = release;
        this.patience = patience;
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(i);
            begin(statement -> write(statement, random));
        }
        begin(this::hold);
    }

    /** What a session does again and again. */
    private interface Work {
        void once(Statement statement) throws SQLException;
    }

    private void begin(Work work) {
        threads.add(Thread.ofPlatform().daemon().start(() -> {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET lock_timeout = '" + patience + "'");
                while (!stop) {
                    work.once(statement);
                    LockSupport.parkNanos(BETWEEN_NANOS);
                }
            } catch (SQLException e) {
                errors.add(release.texts() + ": " + e.getMessage());
            }
        }));
    }

    private void write(Statement statement, Random random) throws SQLException {
        String sql = release.statement(random);
        try {
            statement.executeUpdate(sql);
            statement.executeQuery(release.read(random)).close();
        } catch (SQLException e) {
            throw new SQLException(sql + ": " + e.getMessage(), e.getSQLState(), e);
        }
        statements.incrementAndGet();
    }

    private void hold(Statement statement) throws SQLException {
        statement.execute("BEGIN");
        statement.execute(release.read(new Random()));
        statement.execute("SELECT pg_sleep(0.05)");
        statement.execute("COMMIT");
        statement.execute("SELECT pg_sleep(0.2)");
    }

    /** Goes on once so many more statements were carried out, or none will be any more. */
    Application busyFor(int more) {
        long enough = statements.get() + more;
        while (statements.get() < enough && errors.isEmpty()) {
            Thread.onSpinWait();
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
        return this;
    }

    /** What went wrong for the application. */
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
