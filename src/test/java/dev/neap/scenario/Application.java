package dev.neap.scenario;

import dev.neap.postgres.TestDatabase;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Sessions of one release of an application at work: two that write and read, and one that holds its transactions open for
 * a while. Each gives up, with an error that counts, when it has to wait for a table longer than it was told.
 */
final class Application implements AutoCloseable {

    private static final int WRITERS = 2;

    private final Release release;
    private final Clients clients;

    /**
     * @param patience the longest wait for a lock, as PostgreSQL's lock_timeout takes it
     */
    Application(TestDatabase database, Release release, String patience) {
        this.release = release;
        this.clients = new Clients(database, Duration.ofNanos(500_000));
        String setting = "lock_timeout = '" + patience + "'";
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(i);
            clients.begin(statement -> write(statement, random), setting);
        }
        clients.begin(this::hold, setting);
    }

    private void write(Statement statement, Random random) throws SQLException {
        String sql = release.statement(random);
        try {
            statement.executeUpdate(sql);
            statement.executeQuery(release.read(random)).close();
        } catch (SQLException e) {
            throw new SQLException(sql + ": " + e.getMessage(), e.getSQLState(), e);
        }
        clients.did();
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
        clients.busyFor(more);
        return this;
    }

    /** What went wrong for the application. */
    List<String> errors() {
        return clients.errors().stream().map(error -> release.texts() + ": " + error).toList();
    }

    /** Ends the sessions and waits for them. */
    @Override
    public void close() {
        clients.close();
    }
}
