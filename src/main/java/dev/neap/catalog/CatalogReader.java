package dev.neap.catalog;

import dev.neap.catalog.Column.Origin;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads one table from PostgreSQL's catalog, in one short transaction.
 *
 * <p>It reads with an empty search_path, so that every type, function and collation in the texts that PostgreSQL prints
 * is qualified and means the same in any session; only pg_catalog's own stand bare.
 */
public final class CatalogReader {

    /** Looking takes ACCESS SHARE for a moment; behind somebody's ALTER TABLE it must not wait without end. */
    private static final String LOCK_TIMEOUT = "5s";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public CatalogReader(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /**
     * @return empty if there is no such table; {@link #lookup} tells why
     * @throws org.springframework.dao.DataAccessException if the server can't be asked, or the table stays locked
     */
    public Optional<Table> table(QualifiedName name) {
        return lookup(name) instanceof Lookup.Found found ? Optional.of(found.table()) : Optional.empty();
    }

    /** Whether the role that is connected may alter the table. */
    public boolean owns(Table table) {
        return jdbc.sql("SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = ?")
                .param(table.oid())
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }

    /** @throws org.springframework.dao.DataAccessException if the server can't be asked, or the table stays locked */
    public Lookup lookup(QualifiedName name) {
        return Objects.requireNonNull(transaction.execute(status -> withEmptySearchPath(() -> read(name))));
    }

    /** The path is given back, since the transaction may be a caller's own. */
    private <T> T withEmptySearchPath(Supplier<T> work) {
        List<String> before = List.of(setting("search_path"), setting("lock_timeout"));
        set("search_path", "");
        set("lock_timeout", LOCK_TIMEOUT);
        T result = work.get();
        set("search_path", before.getFirst());
        set("lock_timeout", before.getLast());
        return result;
    }

    private String setting(String name) {
        return jdbc.sql("SELECT current_setting(?)").param(name).query(String.class).single();
    }

    private void set(String name, String value) {
        jdbc.sql("SELECT set_config(?, ?, true)").param(name).param(value).query().singleRow();
    }

    /** A row of pg_class. */
    private record Relation(long oid, String kind, boolean temporary) {}

    private Lookup read(QualifiedName name) {
        Optional<Relation> relation = jdbc.sql("""
                SELECT c.oid, c.relkind, c.relpersistence = 't' AS temporary
                FROM pg_class c
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND c.relname = ?
                """)
                .param(name.schema().value())
                .param(name.name().value())
                .query((row, i) -> new Relation(row.getLong("oid"), row.getString("relkind"),
                        row.getBoolean("temporary")))
                .optional();
        if (relation.isEmpty()) {
            return new Lookup.Missing(name, candidates(name));
        }
        Relation found = relation.get();
        if (found.temporary()) {
            return new Lookup.NotATable(name, "a temporary relation");
        }
        if (name.schema().value().equals("pg_catalog") || name.schema().value().equals("information_schema")) {
            return new Lookup.NotATable(name, "part of the system catalog");
        }
        return switch (found.kind()) {
            case "r" -> new Lookup.Found(table(name, found.oid(), Table.Kind.ORDINARY));
            case "p" -> new Lookup.Found(table(name, found.oid(), Table.Kind.PARTITIONED));
            case "v" -> new Lookup.NotATable(name, "a view");
            case "m" -> new Lookup.NotATable(name, "a materialized view");
            case "f" -> new Lookup.NotATable(name, "a foreign table");
            case "S" -> new Lookup.NotATable(name, "a sequence");
            case "i", "I" -> new Lookup.NotATable(name, "an index");
            case "c" -> new Lookup.NotATable(name, "a composite type");
            default -> new Lookup.NotATable(name, "a relation of kind " + found.kind());
        };
    }

    private List<QualifiedName> candidates(QualifiedName name) {
        return jdbc.sql("""
                SELECT n.nspname, c.relname
                FROM pg_class c
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
                  AND (n.nspname = ? OR c.relname = ?)
                ORDER BY n.nspname, c.relname
                LIMIT 1000
                """)
                .param(name.schema().value())
                .param(name.name().value())
                .query((row, i) -> QualifiedName.of(row.getString("nspname"), row.getString("relname")))
                .list();
    }

    private Table table(QualifiedName name, long oid, Table.Kind kind) {
        return new Table(
                name,
                oid,
                kind,
                columns(oid),
                new IndexReader(jdbc).read(oid),
                new ConstraintReader(jdbc).read(oid),
                triggers(oid),
                new ReferenceReader(jdbc).read(oid),
                new ShapeReader(jdbc).read(oid, name, kind),
                new ServerVersion(Integer.parseInt(setting("server_version_num"))));
    }

    /** NOT NULL that is not proved yet (PostgreSQL 18) does not count: old rows may be NULL. */
    private List<Column> columns(long oid) {
        return jdbc.sql("""
                SELECT a.attname, a.attnum, format_type(a.atttypid, a.atttypmod) AS type,
                  a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint k
                    WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum]
                      AND NOT k.convalidated) AS attnotnull,
                  CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS default_sql,
                  a.attidentity, a.attgenerated,
                  CASE WHEN a.attcollation <> t.typcollation
                    THEN (SELECT format('%I.%I', n.nspname, c.collname)
                      FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
                      WHERE c.oid = a.attcollation)
                  END AS collation
                FROM pg_attribute a
                  JOIN pg_type t ON t.oid = a.atttypid
                  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
                ORDER BY a.attnum
                """)
                .param(oid)
                .query((row, i) -> column(row))
                .list();
    }

    private static Column column(ResultSet row) throws SQLException {
        return new Column(
                new Identifier(row.getString("attname")),
                row.getInt("attnum"),
                row.getString("type"),
                row.getBoolean("attnotnull"),
                Optional.ofNullable(row.getString("default_sql")),
                origin(row.getString("attidentity"), row.getString("attgenerated")),
                Optional.ofNullable(row.getString("collation")));
    }

    private static Origin origin(String identity, String generated) {
        if (!generated.isEmpty()) {
            return Origin.GENERATED;
        }
        return switch (identity) {
            case "a" -> Origin.IDENTITY_ALWAYS;
            case "d" -> Origin.IDENTITY_BY_DEFAULT;
            default -> Origin.PLAIN;
        };
    }

    /** The bits of tgtype are those of src/include/catalog/pg_trigger.h: 1 row, 2 before, 16 update. */
    private List<Trigger> triggers(long oid) {
        return jdbc.sql("""
                SELECT tgname, tgenabled IN ('O', 'A') AS enabled, tgtype & 16 <> 0 AS on_update,
                  tgtype & 2 <> 0 AS before, tgtype & 1 <> 0 AS per_row, pg_get_triggerdef(oid) AS definition
                FROM pg_trigger
                WHERE tgrelid = ? AND NOT tgisinternal
                ORDER BY tgname
                """)
                .param(oid)
                .query((row, i) -> new Trigger(
                        new Identifier(row.getString("tgname")),
                        row.getBoolean("enabled"),
                        row.getBoolean("on_update"),
                        row.getBoolean("before"),
                        row.getBoolean("per_row"),
                        row.getString("definition")))
                .list();
    }
}
