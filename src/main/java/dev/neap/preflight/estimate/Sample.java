package dev.neap.preflight.estimate;

import dev.neap.catalog.Table;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Copies some rows of a table beside it, runs the backfills on the copy, and rolls everything back. */
final class Sample {

    private static final JsonMapper JSON = new JsonMapper();

    private final DataSource database;
    private final Table table;
    private final Statements statements;
    private final List<BackfillStep> backfills;

    Sample(DataSource database, Table table, Statements statements, List<BackfillStep> backfills) {
        this.database = database;
        this.table = table;
        this.statements = statements;
        this.backfills = List.copyOf(backfills);
    }

    /**
     * @param copy a name that is free
     * @param columns those that can be written, as a list for SQL
     * @param expand what makes the copy ready for the backfill
     */
    record Statements(QualifiedName copy, String columns, List<String> expand) {
        Statements {
            expand = List.copyOf(expand);
        }
    }

    /**
     * What the backfills of a sample cost.
     *
     * @param rows in it
     * @param changed by all backfills together
     * @param wal bytes
     * @param growth bytes of heap and indexes
     */
    record Measured(long rows, long changed, Duration time, long wal, long growth) {}

    Measured measure(int rows) {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        ConnectionCallback<Measured> work = connection -> measure(connection, rows);
        Measured measured = transaction.execute(status -> {
            status.setRollbackOnly();
            return new JdbcTemplate(database).execute(work);
        });
        if (measured == null) {
            throw new IllegalStateException("The sample gave no measurement.");
        }
        return measured;
    }

    private Measured measure(Connection connection, int wanted) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // An expression may contain braces, which are no JDBC escapes.
            statement.setEscapeProcessing(false);
            statement.execute("SET LOCAL lock_timeout = '500ms'");
            statement.execute("SET LOCAL statement_timeout = '30s'");
            statement.execute("CREATE TABLE %s (LIKE %s INCLUDING ALL)".formatted(statements.copy(), table.name()));
            long rows = copy(statement, wanted);
            for (String sql : statements.expand()) {
                statement.execute(sql);
            }
            long before = size(statement);
            long changed = 0;
            long wal = 0;
            double millis = 0;
            for (BackfillStep backfill : backfills) {
                JsonNode explained = explain(statement, backfill);
                JsonNode plan = explained.path("Plan");
                changed += plan.path("Plans").path(0).path("Actual Rows").asLong(0);
                wal += plan.path("WAL Bytes").asLong(0);
                millis += explained.path("Execution Time").asDouble(0);
            }
            long growth = Math.max(0, size(statement) - before);
            return new Measured(rows, changed, Duration.ofNanos(Math.round(millis * 1e6)), wal, growth);
        }
    }

    /** Whole blocks at random, so that rows lie as they do in the table; all of a small one. */
    private long copy(Statement statement, int wanted) throws SQLException {
        long known = Math.max(table.shape().rows(), 1);
        long copied = 0;
        if (known > 2L * wanted) {
            // A fifth more than wanted, since blocks are not equally full.
            copied = insert(
                    statement,
                    wanted,
                    String.format(Locale.ROOT, " TABLESAMPLE SYSTEM (%.8f)", Math.min(100, 120.0 * wanted / known)));
        }
        return copied > 0 ? copied : insert(statement, wanted, "");
    }

    private long insert(Statement statement, int wanted, String how) throws SQLException {
        return statement.executeLargeUpdate("INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s%s LIMIT %d"
                .formatted(
                        statements.copy(), statements.columns(), statements.columns(), table.name(), how, wanted));
    }

    /** The copy under the table's own name, so that expressions that name the table mean the copy. */
    private JsonNode explain(Statement statement, BackfillStep backfill) throws SQLException {
        String sql = "EXPLAIN (ANALYZE, BUFFERS, WAL, FORMAT JSON) UPDATE %s AS %s SET %s%s"
                .formatted(
                        statements.copy(),
                        table.name().name(),
                        backfill.assignments()
                                .stream()
                                .map(a -> a.column() + " = " + a.expression())
                                .collect(Collectors.joining(", ")),
                        backfill.pending().map(pending -> " WHERE " + pending).orElse(""));
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return JSON.readTree(result.getString(1)).path(0);
        }
    }

    private long size(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery(
                ("SELECT pg_total_relation_size(oid) FROM pg_class WHERE relname = '%s' AND relnamespace = "
                        + "'%s'::regnamespace")
                        .formatted(
                                statements.copy().name().value(),
                                statements.copy().schema().sql().replace("'", "''")))) {
            result.next();
            return result.getLong(1);
        }
    }
}
