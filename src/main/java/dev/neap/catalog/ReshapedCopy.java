package dev.neap.catalog;

import dev.neap.catalog.Reshaped.NewCheck;
import dev.neap.catalog.Reshaped.NewColumn;
import dev.neap.catalog.Reshaped.NewIndex;
import dev.neap.catalog.Reshaped.Storage;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An empty temporary copy of a table with its defaults, checks and indexes, which can be altered and then says what it is
 * made of. Foreign keys, triggers, privileges and sequences are not on it.
 */
final class ReshapedCopy {

    private static final String NAME = "pg_temp.neap_reshaped";

    private final JdbcTemplate jdbc;
    private final Table table;

    ReshapedCopy(JdbcTemplate jdbc, Table table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    void create() {
        jdbc.execute("CREATE TEMPORARY TABLE neap_reshaped (LIKE " + table.name()
                + " INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS INCLUDING STORAGE INCLUDING COMPRESSION)");
        table.indexes()
                .forEach(index -> jdbc.execute(constraint(index)
                        .map(definition -> "ALTER TABLE " + NAME + " ADD CONSTRAINT " + index.name() + " " + definition)
                        .orElseGet(() -> "CREATE %sINDEX %s ON %s %s"
                                .formatted(index.unique() ? "UNIQUE " : "", index.name(), NAME, index.tail()))));
    }

    private Optional<String> constraint(Index index) {
        return table.constraint(index.name())
                .filter(found -> switch (found.kind()) {
                    case PRIMARY_KEY, UNIQUE, EXCLUDE -> true;
                    case CHECK, FOREIGN_KEY, NOT_NULL, TRIGGER -> false;
                })
                .map(Constraint::definition);
    }

    void drop(List<Probe.Leaving> gone) {
        gone.forEach(column -> alter("DROP COLUMN " + column.column()));
    }

    /**
     * Without a row, any value will do.
     *
     * @param defaultSql in the new type
     */
    void retype(Probe.Retype retype, Optional<String> defaultSql) {
        String column = "ALTER COLUMN " + retype.column();
        if (table.column(retype.column()).flatMap(Column::defaultSql).isPresent()) {
            alter(column + " DROP DEFAULT");
        }
        alter(column + " TYPE " + retype.type().type() + " USING NULL");
        defaultSql.ifPresent(sql -> alter(column + " SET DEFAULT " + sql));
    }

    /** @param action what follows {@code ALTER TABLE name} */
    void set(String action) {
        try {
            alter(action);
        } catch (DataAccessException e) {
            throw Prober.Objection.of(
                    e, "PostgreSQL refuses the setting: %s.", "Write one that ALTER TABLE would take.");
        }
    }

    private void alter(String action) {
        jdbc.execute("ALTER TABLE " + NAME + " " + action);
    }

    Reshaped read() {
        String path = jdbc.queryForObject("SELECT current_setting('search_path')", String.class);
        jdbc.queryForObject("SELECT set_config('search_path', '', true)", String.class);
        Reshaped made = new Reshaped(columns(), checks(), indexes(), statistics(), storage());
        jdbc.queryForObject("SELECT set_config('search_path', ?, true)", String.class, path);
        return made;
    }

    /** Names of NOT NULL constraints, which have one since PostgreSQL 18, go along. */
    private List<NewColumn> columns() {
        String notNull = table.server().major() >= 18 ? """
                coalesce((SELECT ' CONSTRAINT ' || quote_ident(k.conname) || ' NOT NULL' FROM pg_constraint k
                  WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum]),
                  CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END)""" : """
                CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END""";
        return jdbc.query(
                """
                        SELECT a.attname, format_type(a.atttypid, a.atttypmod)
                            || CASE WHEN a.attcollation <> t.typcollation
                              THEN (SELECT format(' COLLATE %%I.%%I', n.nspname, c.collname)
                                FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
                                WHERE c.oid = a.attcollation) ELSE '' END
                            || %s
                            || CASE WHEN d.oid IS NULL THEN '' ELSE
                              CASE a.attgenerated
                                WHEN '' THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
                                ELSE ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ')'
                                  || CASE a.attgenerated WHEN 's' THEN ' STORED' ELSE ' VIRTUAL' END END END AS definition,
                          ARRAY(SELECT action FROM (VALUES
                              (1, CASE WHEN a.attstorage <> t.typstorage THEN 'SET STORAGE ' || CASE a.attstorage
                                WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END),
                              (2, CASE a.attcompression
                                WHEN 'p' THEN 'SET COMPRESSION pglz' WHEN 'l' THEN 'SET COMPRESSION lz4' END))
                            AS setting (number, action) WHERE action IS NOT NULL ORDER BY number) AS settings,
                          col_description(%d, o.attnum) AS comment,
                          (SELECT format('INCREMENT BY %%s START WITH %%s CACHE %%s MINVALUE %%s MAXVALUE %%s %%s', s.seqincrement,
                              s.seqstart, s.seqcache, s.seqmin, s.seqmax, CASE WHEN s.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END)
                            FROM pg_depend p JOIN pg_sequence s ON s.seqrelid = p.objid
                            WHERE p.classid = 'pg_class'::regclass AND p.refclassid = 'pg_class'::regclass
                              AND p.deptype = 'i' AND p.refobjid = o.attrelid AND p.refobjsubid = o.attnum) AS identity
                        FROM pg_attribute a
                          JOIN pg_type t ON t.oid = a.atttypid
                          JOIN pg_attribute o ON o.attrelid = %d AND o.attname = a.attname
                          LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                        WHERE a.attrelid = '%s'::regclass AND a.attnum > 0 AND NOT a.attisdropped
                        ORDER BY a.attnum
                        """
                        .formatted(notNull, table.oid(), table.oid(), NAME),
                (row, i) -> new NewColumn(
                        new Identifier(row.getString("attname")),
                        row.getString("definition"),
                        Optional.ofNullable(row.getString("identity")),
                        TextArray.read(row, "settings"),
                        Optional.ofNullable(row.getString("comment"))));
    }

    private List<NewCheck> checks() {
        return jdbc.query(
                """
                        SELECT k.conname, pg_get_constraintdef(k.oid) AS definition,
                          (SELECT obj_description(o.oid, 'pg_constraint') FROM pg_constraint o
                            WHERE o.conrelid = ? AND o.conname = k.conname) AS comment
                        FROM pg_constraint k
                        WHERE k.conrelid = ?::regclass AND k.contype = 'c'
                        ORDER BY k.conname
                        """,
                (row, i) -> new NewCheck(
                        new Identifier(row.getString("conname")),
                        row.getString("definition"),
                        Optional.ofNullable(row.getString("comment"))),
                table.oid(),
                NAME);
    }

    private List<NewIndex> indexes() {
        return jdbc.query(
                """
                        SELECT c.relname, i.indisunique, %s AS definition,
                          (SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k WHERE k.conindid = i.indexrelid) AS constraint
                        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                        WHERE i.indrelid = ?::regclass
                        ORDER BY NOT i.indisprimary, c.relname
                        """
                        .formatted(Index.PRINTED),
                (row, i) -> new NewIndex(
                        new Identifier(row.getString("relname")),
                        Optional.ofNullable(row.getString("constraint")),
                        row.getBoolean("indisunique"),
                        Index.tail(row.getString("definition"))),
                NAME);
    }

    /** Those of the table whose columns all are on the copy. */
    private List<QualifiedName> statistics() {
        return jdbc.query(
                """
                        SELECT n.nspname, s.stxname
                        FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
                        WHERE s.stxrelid = ? AND NOT EXISTS (SELECT FROM pg_depend d
                            JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                          WHERE d.classid = 'pg_statistic_ext'::regclass AND d.objid = s.oid
                            AND d.refclassid = 'pg_class'::regclass AND d.refobjid = s.stxrelid
                            AND NOT EXISTS (SELECT FROM pg_attribute c
                              WHERE c.attrelid = ?::regclass AND c.attname = a.attname))
                        ORDER BY n.nspname, s.stxname
                        """,
                (row, i) -> QualifiedName.of(row.getString("nspname"), row.getString("stxname")),
                table.oid(),
                NAME);
    }

    private Storage storage() {
        return Objects.requireNonNull(jdbc.queryForObject(
                """
                        SELECT c.relpersistence = 'u' AS unlogged, p.spcname,
                          coalesce(c.reloptions, '{}') || ARRAY(SELECT 'toast.' || o
                            FROM pg_class t CROSS JOIN LATERAL unnest(t.reloptions) AS o WHERE t.oid = c.reltoastrelid) AS options
                        FROM pg_class c LEFT JOIN pg_tablespace p ON p.oid = c.reltablespace
                        WHERE c.oid = ?
                        """,
                (row, i) -> new Storage(
                        row.getBoolean("unlogged"),
                        TextArray.read(row, "options"),
                        Optional.ofNullable(row.getString("spcname")).map(Identifier::new)),
                table.oid()));
    }
}
