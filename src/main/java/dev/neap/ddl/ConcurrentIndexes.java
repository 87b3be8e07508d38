package dev.neap.ddl;

import dev.neap.jdbc.SqlState;
import dev.neap.pace.StopFlag;
import dev.neap.sql.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/**
 * Builds and drops indexes CONCURRENTLY, which can't be done in a transaction. It waits for older transactions, so it has
 * a long lock_timeout of its own: a short one would break the build off and leave an invalid index, on which a blind
 * {@code IF NOT EXISTS} would then "succeed".
 *
 * <p>An index that is there but invalid is what an earlier try left, and is dropped first; unless a session is still
 * building it, perhaps that of a process which died: then it is waited for.
 */
public final class ConcurrentIndexes {

    /** The next try drops it too, so this one need not wait long for those who still use it. */
    private static final Duration CLEARING = Duration.ofSeconds(10);

    private final DataSource direct;
    private final CancelOnStop cancelOnStop;
    private final JdbcClient jdbc;

    /**
     * @param direct gives a new connection each time, to the server itself: its settings are the session's
     */
    public ConcurrentIndexes(DataSource direct, StopFlag stop) {
        this.direct = direct;
        this.cancelOnStop = new CancelOnStop(stop);
        this.jdbc = JdbcClient.create(direct);
    }

    /**
     * Runs one step.
     *
     * @param progress is told now and then whom a build waits for, or how far it is
     * @return empty if it was done, otherwise why it has to wait
     */
    Optional<String> run(QualifiedName table, Statements statements, Duration wait, Consumer<String> progress) {
        if (statements.index().isPresent()) {
            QualifiedName index = table.sibling(statements.index().get());
            Optional<String> builder = builder(index);
            if (builder.isPresent()) {
                return builder;
            }
            if (isInvalid(index, table)) {
                execute("DROP INDEX CONCURRENTLY IF EXISTS " + index, wait);
            }
        }
        try {
            statements.sql().forEach(sql -> execute(sql, wait, statements.title(), progress));
        } catch (DataAccessException e) {
            if (SqlState.of(e) == SqlState.DATA) {
                statements.index().ifPresent(index -> clear(table.sibling(index), table, e));
            }
            throw e;
        }
        return Optional.empty();
    }

    /** What a failed build leaves costs every writer, and a unique one may even go on refusing their rows. */
    private void clear(QualifiedName index, QualifiedName table, DataAccessException failure) {
        try {
            if (isInvalid(index, table)) {
                execute("DROP INDEX CONCURRENTLY IF EXISTS " + index, CLEARING);
            }
        } catch (DataAccessException e) {
            failure.addSuppressed(e);
        }
    }

    /** An index of that name on another table is not this step's, and none of its business. */
    private boolean isInvalid(QualifiedName index, QualifiedName table) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT 1 FROM pg_index
                 WHERE indexrelid = to_regclass(?) AND indrelid = to_regclass(?) AND NOT indisvalid)""")
                .params(index.sql(), table.sql())
                .query(Boolean.class)
                .single();
    }

    private Optional<String> builder(QualifiedName index) {
        return jdbc.sql("""
                SELECT 'session ' || pid || ' is building index ' || ? || ': ' || phase
                  FROM pg_stat_progress_create_index
                 WHERE index_relid = to_regclass(?) AND pid <> pg_backend_pid()""")
                .params(index.name().value(), index.sql())
                .query(String.class)
                .optional();
    }

    private void execute(String sql, Duration wait) {
        execute(sql, wait, "clear an invalid index", words -> {});
    }

    private void execute(String sql, Duration wait, String title, Consumer<String> progress) {
        try (Connection connection = direct.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = " + wait.toMillis());
            statement.execute("SET statement_timeout = 0");
            int pid = connection.unwrap(PGConnection.class).getBackendPID();
            try (IndexProgress watched = IndexProgress.of(jdbc, pid, title, progress)) {
                cancelOnStop.execute(statement, sql);
            }
        } catch (SQLException e) {
            throw translated(sql, e);
        }
    }

    private static DataAccessException translated(String sql, SQLException e) {
        DataAccessException known = new SQLExceptionSubclassTranslator().translate("concurrent DDL", sql, e);
        return known != null ? known : new UncategorizedSQLException("concurrent DDL", sql, e);
    }
}
