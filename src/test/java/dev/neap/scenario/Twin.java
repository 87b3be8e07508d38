package dev.neap.scenario;

import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** The same table in another database, changed directly: by plain statements, all at once, while nobody looks on. */
final class Twin implements AutoCloseable {

    private final TestDatabase database;
    private final Example example;
    private final Map<String, List<String>> given = new LinkedHashMap<>();

    /** Begins with the example's own table and rows. */
    Twin(TestServer server, Example example) {
        this.database = TestDatabase.on(server);
        this.example = example;
        example.prepare(database);
        example.tables().forEach(table -> given.put(table, TableColumns.of(database, table).names()));
    }

    /** Takes over the rows of the changing table, in those columns that were there before the change and still are. */
    Twin withRowsOf(TestDatabase changing) {
        database.execute("TRUNCATE " + String.join(", ", example.tables()) + " CASCADE");
        given.forEach((table, names) -> {
            List<String> there = TableColumns.of(changing, table).names();
            String columns = names.stream().filter(there::contains).collect(Collectors.joining(", "));
            byte[] rows = copyOut(changing, "COPY (SELECT %s FROM %s) TO STDOUT".formatted(columns, table));
            copyIn("COPY %s (%s) FROM STDIN".formatted(table, columns), rows);
        });
        return this;
    }

    Twin changedDirectly() {
        example.changeDirectly(database);
        return this;
    }

    TableColumns columns() {
        return TableColumns.of(database, example.lastTable());
    }

    List<String> catalog() {
        return Example.catalog(database, example.lastTables());
    }

    /** All rows, as text and in order, without what is drawn anew at each execution. */
    List<String> rows() {
        return rowsOf(database);
    }

    /** The same columns of the changing table. */
    List<String> rowsOf(TestDatabase changing) {
        return example.lastTables().stream().flatMap(table -> rows(changing, table).stream()).toList();
    }

    private List<String> rows(TestDatabase changing, String table) {
        List<String> compared = TableColumns.of(database, table)
                .names()
                .stream()
                .filter(Predicate.not(example.drawn()::contains))
                .toList();
        return changing.list(
                String.class,
                "SELECT ROW(%s)::text AS r FROM %s ORDER BY r".formatted(String.join(", ", compared), table));
    }

    private static byte[] copyOut(TestDatabase from, String sql) {
        try (Connection connection = from.connect()) {
            ByteArrayOutputStream rows = new ByteArrayOutputStream();
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, rows);
            return rows.toByteArray();
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private void copyIn(String sql, byte[] rows) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            if (example.tables().size() > 1) {
                // The rows of the others are taken over as well: no trigger has to make them, nor to look for them.
                statement.execute("SET session_replication_role = replica");
            }
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new ByteArrayInputStream(rows));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
