package dev.neap.pace.signal;

import dev.neap.jdbc.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A connection on which one thread reads, each time in a read-only transaction with a timeout of its own; opened again after
 * whatever leaves doubt about the server at its other end. {@link #close} may be called by any thread, also in the middle.
 */
final class OwnConnection implements AutoCloseable {

    /** Beyond the statement's own timeout, for the way there and back. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(2);

    private final Connector connector;
    private final Duration timeout;
    private final boolean transactions;
    private volatile @Nullable Connection connection;
    private volatile boolean closed;

    /** @param timeout of each statement; whole milliseconds */
    OwnConnection(Connector connector, Duration timeout) {
        this(connector, timeout, true);
    }

    private OwnConnection(Connector connector, Duration timeout, boolean transactions) {
        this.connector = connector;
        this.timeout = timeout;
        this.transactions = transactions;
    }

    /**
     * For statements that commit by themselves, and may therefore stand in no transaction.
     *
     * @param timeout of each answer
     */
    static OwnConnection withoutTransactions(Connector connector, Duration timeout) {
        return new OwnConnection(connector, timeout, false);
    }

    /** @throws DataAccessException if the server can't be reached, or refuses */
    <T> T read(Function<DataSource, T> query) {
        Connection open = opened();
        try {
            SingleConnectionDataSource source = new SingleConnectionDataSource(open, true);
            if (!transactions) {
                return query.apply(source);
            }
            // Not a setting of the session: a pooler in between may give the next transaction another one.
            new JdbcTemplate(source).execute("SET LOCAL statement_timeout = " + timeout.toMillis());
            T answer = query.apply(source);
            open.rollback();
            return answer;
        } catch (SQLException e) {
            drop();
            throw new UncategorizedSQLException("signal", "ROLLBACK", e);
        } catch (RuntimeException e) {
            afterError(open, e);
            throw e;
        }
    }

    private Connection opened() {
        Connection open = connection;
        if (open != null) {
            return open;
        }
        if (closed) {
            throw new UncategorizedSQLException("signal", null, new SQLException("the signals were closed"));
        }
        try {
            open = connector.open(timeout.plus(ON_THE_WAY));
            open.setAutoCommit(!transactions);
            open.setReadOnly(transactions);
            connection = open;
            if (closed) {
                drop();
            }
            return open;
        } catch (SQLException e) {
            drop();
            throw new UncategorizedSQLException("signal", null, e);
        }
    }

    /** A refused or cancelled statement says nothing against the server; anything else may, a failover first of all. */
    private void afterError(Connection open, RuntimeException error) {
        String state = SqlState.find(error).map(SQLException::getSQLState).orElse("");
        boolean harmless = state != null && (state.startsWith("42") || state.startsWith("22") || state.equals("57014"));
        try {
            if (harmless) {
                if (transactions) {
                    open.rollback();
                }
                return;
            }
        } catch (SQLException e) {
            error.addSuppressed(e);
        }
        drop();
    }

    private void drop() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                // It is given up either way.
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        drop();
    }
}
