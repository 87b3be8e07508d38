package dev.neap.catalog;

import dev.neap.catalog.Surroundings.Belongings;
import dev.neap.catalog.Surroundings.Extended;
import dev.neap.catalog.Surroundings.OwnKey;
import dev.neap.catalog.Surroundings.Policy;
import dev.neap.catalog.Surroundings.Sequence;
import dev.neap.catalog.Surroundings.Statistics;
import dev.neap.catalog.Surroundings.UserTrigger;
import dev.neap.catalog.Surroundings.View;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what has to go with the rows of a table into another one. Expects an empty search_path. */
final class BelongingsReader {

    private final JdbcClient jdbc;
    private final long table;

    BelongingsReader(JdbcClient jdbc, long table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    /** @param withoutEquality the columns whose values can't be told apart */
    Belongings read(List<Identifier> withoutEquality) {
        return new Belongings(
                triggers(),
                policies(),
                views(),
                sequences(),
                keys(),
                incoming(),
                list("SELECT unnest(reloptions) FROM pg_class WHERE oid = ?", (row, i) -> row.getString(1)),
                tablespace(),
                replicaIdentity(),
                new Statistics(columnStatistics(), extended()),
                withoutEquality,
                indexTraits());
    }

    private <T> List<T> list(String sql, RowMapper<T> row) {
        return jdbc.sql(sql).param(table).query(row).list();
    }

    private List<UserTrigger> triggers() {
        return list(
                """
                        SELECT tgname, pg_get_triggerdef(oid) AS definition,
                          CASE tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
                            WHEN 'A' THEN 'ENABLE ALWAYS' END AS state,
                          obj_description(oid, 'pg_trigger') AS comment
                        FROM pg_trigger
                        WHERE tgrelid = ? AND NOT tgisinternal AND tgname !~ '^(zzz|AAA)_neap_'
                        ORDER BY tgname
                        """,
                (row, i) -> new UserTrigger(
                        new Identifier(row.getString("tgname")),
                        row.getString("definition"),
                        Optional.ofNullable(row.getString("state")),
                        comment(row)));
    }

    private List<Policy> policies() {
        return list(
                """
                        SELECT o.polname, format('AS %s FOR %s TO %s', p.permissive, p.cmd,
                            (SELECT string_agg(CASE r WHEN 'public' THEN 'PUBLIC' ELSE quote_ident(r) END, ', ')
                              FROM unnest(p.roles) AS r))
                          || coalesce(' USING (' || p.qual || ')', '')
                          || coalesce(' WITH CHECK (' || p.with_check || ')', '') AS definition,
                          obj_description(o.oid, 'pg_policy') AS comment
                        FROM pg_policy o
                          JOIN pg_class c ON c.oid = o.polrelid
                          JOIN pg_namespace n ON n.oid = c.relnamespace
                          JOIN pg_policies p ON p.schemaname = n.nspname AND p.tablename = c.relname
                            AND p.policyname = o.polname
                        WHERE c.oid = ?
                        ORDER BY o.polname
                        """,
                (row, i) -> new Policy(
                        new Identifier(row.getString("polname")), row.getString("definition"), comment(row)));
    }

    private static Optional<String> comment(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getString("comment"));
    }

    /** One that groups by the primary key depends on that by name. */
    private List<View> views() {
        return list(
                """
                        SELECT DISTINCT v.oid, n.nspname, v.relname, coalesce(array_to_string(v.reloptions, ', '), '') AS options,
                          rtrim(pg_get_viewdef(v.oid), ';') AS query,
                          EXISTS (SELECT FROM pg_depend k JOIN pg_constraint c ON c.oid = k.refobjid
                            WHERE k.classid = 'pg_rewrite'::regclass AND k.objid = r.oid
                              AND k.refclassid = 'pg_constraint'::regclass AND c.conrelid = d.refobjid) AS keyed
                        FROM pg_depend d
                          JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
                          JOIN pg_class v ON v.oid = r.ev_class AND v.relkind = 'v'
                          JOIN pg_namespace n ON n.oid = v.relnamespace
                        WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = ?
                        ORDER BY v.oid
                        """,
                (row, i) -> new View(
                        QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                        row.getString("options"),
                        row.getString("query"),
                        row.getBoolean("keyed")));
    }

    private List<Sequence> sequences() {
        return list(
                """
                        SELECT a.attname, n.nspname, s.relname,
                          CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END AS identity
                        FROM pg_depend d
                          JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                          JOIN pg_namespace n ON n.oid = s.relnamespace
                          JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                        WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
                          AND d.refobjid = ? AND d.deptype IN ('a', 'i')
                        ORDER BY a.attnum
                        """,
                (row, i) -> new Sequence(
                        new Identifier(row.getString("attname")),
                        QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                        Optional.ofNullable(row.getString("identity"))));
    }

    private List<OwnKey> keys() {
        return list(
                """
                        SELECT c.conname, pg_get_constraintdef(c.oid) AS definition, n.nspname, t.relname, c.convalidated,
                          obj_description(c.oid, 'pg_constraint') AS comment
                        FROM pg_constraint c
                          JOIN pg_class t ON t.oid = c.confrelid
                          JOIN pg_namespace n ON n.oid = t.relnamespace
                        WHERE c.contype = 'f' AND c.conrelid = ? AND c.conparentid = 0
                        ORDER BY c.conname
                        """,
                (row, i) -> new OwnKey(
                        new Identifier(row.getString("conname")),
                        row.getString("definition"),
                        QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                        row.getBoolean("convalidated"),
                        comment(row)));
    }

    private List<IncomingKey> incoming() {
        return list(
                """
                        SELECT n.nspname, h.relname, h.relkind = 'p' AS partitioned, c.conname,
                          pg_get_constraintdef(c.oid) AS definition, c.confrelid::regclass::text AS referenced,
                          obj_description(c.oid, 'pg_constraint') AS comment,
                          (SELECT array_agg(a.attname::text ORDER BY k.part)
                            FROM unnest(c.confkey) WITH ORDINALITY AS k (attnum, part)
                              JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.attnum) AS columns
                        FROM pg_constraint c
                          JOIN pg_class h ON h.oid = c.conrelid
                          JOIN pg_namespace n ON n.oid = h.relnamespace
                        WHERE c.contype = 'f' AND c.confrelid = ? AND c.conrelid <> c.confrelid AND c.conparentid = 0
                        ORDER BY n.nspname, h.relname, c.conname
                        """,
                (row, i) -> new IncomingKey(
                        QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                        new Identifier(row.getString("conname")),
                        row.getString("definition"),
                        row.getString("referenced"),
                        NameArray.read(row, "columns"),
                        row.getBoolean("partitioned"),
                        comment(row)));
    }

    private Optional<Identifier> tablespace() {
        return jdbc
                .sql("SELECT s.spcname FROM pg_class c JOIN pg_tablespace s ON s.oid = c.reltablespace WHERE c.oid = ?")
                .param(table)
                .query((row, i) -> new Identifier(row.getString(1)))
                .optional();
    }

    /** What is written belongs to leaves, so that counts which all of them have. */
    private Optional<String> replicaIdentity() {
        return jdbc.sql("""
                SELECT CASE how WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING'
                    ELSE 'USING INDEX ' || (SELECT quote_ident(x.relname) FROM pg_index i
                      JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident) END
                FROM pg_class c CROSS JOIN LATERAL (
                  SELECT CASE WHEN bool_and(l.relreplident = 'f') THEN 'f' ELSE c.relreplident END AS how
                  FROM pg_partition_tree(c.oid) t JOIN pg_class l ON l.oid = t.relid AND t.isleaf) AS identity
                WHERE c.oid = ? AND how <> 'd'
                """)
                .param(table)
                .query(String.class)
                .optional();
    }

    /** Until 16, -1 stood for no target. */
    private List<String> columnStatistics() {
        return list(
                """
                        SELECT 'ALTER COLUMN ' || quote_ident(a.attname) || ' ' || action
                        FROM pg_attribute a
                          CROSS JOIN LATERAL (VALUES
                            ('SET STATISTICS ' || nullif(a.attstattarget, -1)),
                            ('SET (' || array_to_string(a.attoptions, ', ') || ')')) AS setting (action)
                        WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped AND action IS NOT NULL
                        ORDER BY a.attnum, action
                        """,
                (row, i) -> row.getString(1));
    }

    private List<Extended> extended() {
        return list(
                """
                        SELECT n.nspname, s.stxname, pg_get_statisticsobjdef(s.oid) AS definition,
                          obj_description(s.oid, 'pg_statistic_ext') AS comment,
                          nullif(s.stxstattarget, -1)::integer AS target
                        FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
                        WHERE s.stxrelid = ?
                        ORDER BY n.nspname, s.stxname
                        """,
                (row, i) -> new Extended(
                        QualifiedName.of(row.getString("nspname"), row.getString("stxname")),
                        row.getString("definition"),
                        comment(row),
                        Optional.ofNullable(row.getObject("target", Integer.class))));
    }

    private List<IndexTraits> indexTraits() {
        return list(
                """
                        SELECT c.relname, obj_description(c.oid, 'pg_class') AS comment,
                          obj_description(k.oid, 'pg_constraint') AS of_constraint, s.spcname, i.indisclustered,
                          t.targets
                        FROM pg_index i
                          CROSS JOIN LATERAL (SELECT %s) AS t (targets)
                          JOIN pg_class c ON c.oid = i.indexrelid
                          LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
                          LEFT JOIN pg_constraint k ON k.conrelid = i.indrelid AND k.conindid = c.oid
                            AND k.contype IN ('p', 'u', 'x')
                        WHERE i.indrelid = ? AND (i.indisclustered OR t.targets <> '{}' OR coalesce(obj_description(c.oid, 'pg_class'),
                          obj_description(k.oid, 'pg_constraint'), s.spcname::text) IS NOT NULL)
                        ORDER BY c.relname
                        """
                        .formatted(Index.TARGETS),
                (row, i) -> new IndexTraits(
                        new Identifier(row.getString("relname")),
                        comment(row),
                        Optional.ofNullable(row.getString("of_constraint")),
                        Optional.ofNullable(row.getString("spcname")).map(Identifier::new),
                        TextArray.read(row, "targets"),
                        row.getBoolean("indisclustered")));
    }
}
