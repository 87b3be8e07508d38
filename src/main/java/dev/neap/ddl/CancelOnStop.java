package dev.neap.ddl;

import dev.neap.jdbc.Transactions;
import dev.neap.pace.StopFlag;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.StatementCallback;

/**
 * Runs DDL as it stands, and cancels it when the run is asked to stop: for statements that may take hours.
 */
final class CancelOnStop {

    private static final Logger LOG = LoggerFactory.getLogger(CancelOnStop.class);

    private final StopFlag stop;

    CancelOnStop(StopFlag stop) {
        this.stop = stop;
    }

    /** On the connection of the transaction at hand. */
    void execute(Transactions transactions, String sql) {
        transactions.statements().execute((StatementCallback<Boolean>) statement -> execute(statement, sql));
    }

    /** @return whether it gave rows */
    boolean execute(Statement statement, String sql) throws SQLException {
        // The text is PostgreSQL's, not JDBC's: braces in it are no JDBC escapes.
        statement.setEscapeProcessing(false);
        try (StopFlag.Registration registration = stop.onRaise(() -> cancel(statement))) {
            return statement.execute(sql);
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            LOG.warn("The statement could not be cancelled; it ends by itself.", e);
        }
    }
}
