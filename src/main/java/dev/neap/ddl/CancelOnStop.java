package dev.neap.ddl;

import dev.neap.jdbc.Transactions;
import dev.neap.pace.StopFlag;
import dev.neap.pace.Stopped;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.StatementCallback;

/**
 * Runs DDL as it stands, and cancels it when the run is asked to stop: for statements that may take hours.
 */
public final class CancelOnStop {

    private static final Logger LOG = LoggerFactory.getLogger(CancelOnStop.class);

    private static final Duration AGAIN = Duration.ofMillis(200);

    private final StopFlag stop;

    public CancelOnStop(StopFlag stop) {
        this.stop = stop;
    }

    /** On the connection of the transaction at hand. */
    void execute(Transactions transactions, String sql) {
        transactions.statements().execute((StatementCallback<Boolean>) statement -> execute(statement, sql));
    }

    /**
     * @return whether it gave rows
     * @throws Stopped if the run is asked to stop already
     */
    public boolean execute(Statement statement, String sql) throws SQLException {
        // The text is PostgreSQL's, not JDBC's: braces in it are no JDBC escapes.
        statement.setEscapeProcessing(false);
        AtomicBoolean running = new AtomicBoolean(true);
        try (StopFlag.Registration registration = stop.onRaise(() -> cancel(statement, running))) {
            if (stop.isRaised()) {
                throw new Stopped();
            }
            return statement.execute(sql);
        } finally {
            running.set(false);
        }
    }

    /** Again and again: a cancellation that comes before the statement has reached the server does nothing. */
    private static void cancel(Statement statement, AtomicBoolean running) {
        Thread.ofVirtual().name("neap-cancel").start(() -> {
            try {
                while (running.get()) {
                    statement.cancel();
                    LockSupport.parkNanos(AGAIN.toNanos());
                }
            } catch (SQLException e) {
                if (running.get()) {
                    LOG.warn("The statement could not be cancelled; it ends by itself.", e);
                }
            }
        });
    }
}
