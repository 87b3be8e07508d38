package dev.neap.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A session of somebody else, with a transaction that stays open until it is committed or closed. */
public final class OtherSession implements AutoCloseable {

    private final Connection connection;

    private OtherSession(Connection connection) {
        this.connection = connection;
    }

    /**
     * Runs the statements, each of which opens or goes on with one transaction.
     *
     * @param application its name in pg_stat_activity
     */
    public static OtherSession open(TestDatabase database, String application, String... sql) {
        Connection connection = database.connect();
        try {
            connection.setClientInfo("ApplicationName", application);
            connection.setAutoCommit(false);
            OtherSession session = new OtherSession(connection);
            for (String text : sql) {
                session.execute(text);
            }
            return session;
        } catch (SQLException e) {
            throw new IllegalStateException("Session " + application + " could not be set up.", e);
        }
    }

    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public int pid() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rolls back what was not committed. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
