package dev.neap.catalog;

import dev.neap.catalog.Answers.Destination;
import dev.neap.catalog.Answers.Misfit;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;

/** Looks at a table that rows are to go to, and tries on an empty temporary copy of it what its columns take. */
final class NewRowsProbe {

    private static final Identifier NAME = new Identifier("neap_destination");

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final TransactionStatus transaction;
    private final TableCopy source;

    NewRowsProbe(DataSource dataSource, TransactionStatus transaction, TableCopy source) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = transaction;
        this.source = source;
    }

    /**
     * Leaves the copy behind for {@link #refuseMisfit}.
     *
     * @throws Prober.Objection if there is no such table, or its rows would be those of the change's table
     */
    Destination look(QualifiedName name) {
        Table table = find(name);
        refuseRelative(table);
        TableCopy copy = new TableCopy(jdbc, table, NAME);
        jdbc.execute("DROP TABLE IF EXISTS " + copy.sql());
        copy.create();
        List<Misfit> misfits = new ArrayList<>();
        List<Identifier> incomparable = new ArrayList<>();
        List<Identifier> given = source.columnNames();
        for (Column column : table.columns()) {
            if (given.contains(column.name())) {
                misfit(column.name()).ifPresent(misfits::add);
            }
            if (!new ExpressionProbe(jdbc, copy).comparable(column.type(), Optional.of(column.name()))) {
                incomparable.add(column.name());
            }
        }
        return new Destination(table, misfits, incomparable);
    }

    /** The same, but that there need not be such a table yet. */
    Destination lookOrMake(QualifiedName name) {
        if (!(new CatalogReader(dataSource).lookup(name) instanceof Lookup.Missing)) {
            return look(name);
        }
        Boolean creatable = jdbc.queryForObject(
                "SELECT has_schema_privilege(to_regnamespace(?)::oid, 'CREATE')", Boolean.class, name.schema().sql());
        if (creatable == null) {
            throw new Prober.Objection(
                    "There is no schema %s in this database, in which table %s could be made.".formatted(name.schema(),
                            name),
                    "CREATE SCHEMA %s; or name another.".formatted(name.schema()));
        }
        if (!creatable) {
            throw new Prober.Objection(
                    "The role may not make table %s in schema %s.".formatted(name, name.schema()),
                    "GRANT USAGE, CREATE ON SCHEMA %s to it, or have the table made by somebody else."
                            .formatted(name.schema()));
        }
        return new Destination(made(name), List.of(), List.of());
    }

    /** Whatever was generated has become a value. */
    private Table made(QualifiedName name) {
        Table like = source.table();
        List<Column> columns = like.columns()
                .stream()
                .map(column -> new Column(
                        column.name(), column.position(), column.type(), column.notNull(), Optional.empty(),
                        Column.Origin.PLAIN, column.collation()))
                .toList();
        return new Table(
                name, 0, Table.Kind.ORDINARY, columns, List.of(), List.of(), List.of(), List.of(),
                new Table.Shape(0, 0, 0), like.server());
    }

    private Table find(QualifiedName name) {
        return switch (new CatalogReader(dataSource).lookup(name)) {
            case Lookup.Found found -> found.table();
            case Lookup.NotATable not ->
                throw new Prober.Objection(
                        "%s is %s, and rows can only go to a table.".formatted(name, not.words()),
                        "Name the table behind it.");
            case Lookup.Missing missing ->
                throw new Prober.Objection(
                        "There is no table %s in this database.".formatted(name),
                        "Check its name and schema, or create it first, such as: CREATE TABLE %s (LIKE %s);"
                                .formatted(name, source.table().name()));
        };
    }

    /** Rows that go to a partition, a parent or a child by inheritance would be found again where they were. */
    private void refuseRelative(Table table) {
        Boolean relative = jdbc.queryForObject(
                """
                        WITH RECURSIVE down (origin, relid) AS (
                          VALUES (?::oid, ?::oid), (?::oid, ?::oid)
                          UNION SELECT d.origin, i.inhrelid FROM down d JOIN pg_inherits i ON i.inhparent = d.relid)
                        SELECT count(DISTINCT origin) = 1 OR EXISTS (
                          SELECT FROM down a JOIN down b ON a.origin <> b.origin AND a.relid = b.relid)
                        FROM down
                        """,
                Boolean.class,
                source.table().oid(),
                source.table().oid(),
                table.oid(),
                table.oid());
        if (Boolean.TRUE.equals(relative)) {
            throw new Prober.Objection(
                    "Rows of table %s are rows of table %s.".formatted(table.name(), source.table().name()),
                    "Name a table that is neither the same nor a partition, parent or child of it.");
        }
    }

    private Optional<Misfit> misfit(Identifier column) {
        Object savepoint = transaction.createSavepoint();
        try {
            refuseMisfit(column, column.sql());
            return Optional.empty();
        } catch (DataAccessException e) {
            transaction.rollbackToSavepoint(savepoint);
            String message = String.valueOf(e.getMostSpecificCause().getMessage());
            String first = message.lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
            return Optional.of(new Misfit(column, first));
        } finally {
            transaction.releaseSavepoint(savepoint);
        }
    }

    /** @throws DataAccessException if the column can't take what the expression over the change's table gives */
    void refuseMisfit(Identifier column, String sql) {
        jdbc.execute("EXPLAIN INSERT INTO pg_temp.%s (%s) SELECT (%s) FROM %s"
                .formatted(NAME, column, sql, source.sql()));
    }
}
