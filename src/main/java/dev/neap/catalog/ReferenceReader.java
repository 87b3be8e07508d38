package dev.neap.catalog;

import dev.neap.catalog.Reference.Kind;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what depends on a table's columns: views, then foreign keys, then the table's own, then others; each in order of
 * their names.
 */
final class ReferenceReader {

    private final JdbcClient jdbc;

    ReferenceReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Reference> read(long table) {
        return Stream.of(views(table), foreignKeys(table), own(table), others(table))
                .flatMap(List::stream)
                .toList();
    }

    /** A view depends on columns by way of its rewrite rule; so do rules of other tables, which are listed like views. */
    private List<Reference> views(long table) {
        return jdbc.sql("""
                SELECT n.nspname, v.relname,
                  array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attnum > 0) AS columns
                FROM pg_depend d
                  JOIN pg_rewrite r ON r.oid = d.objid
                  JOIN pg_class v ON v.oid = r.ev_class
                  JOIN pg_namespace n ON n.oid = v.relnamespace
                  LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
                  AND d.refobjid = ? AND v.oid <> d.refobjid
                GROUP BY n.nspname, v.relname
                ORDER BY n.nspname, v.relname
                """)
                .param(table)
                .query((row, i) -> new Reference(
                        Kind.VIEW,
                        QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                        new Identifier(row.getString("relname")),
                        NameArray.read(row, "columns")))
                .list();
    }

    /** Those of partitions are left out where their parent's is there. */
    private List<Reference> foreignKeys(long table) {
        return jdbc.sql("""
                SELECT n.nspname, h.relname, c.conname,
                  (SELECT array_agg(a.attname::text ORDER BY k.part)
                    FROM unnest(c.confkey) WITH ORDINALITY AS k (attnum, part)
                      JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.attnum) AS columns
                FROM pg_constraint c
                  JOIN pg_class h ON h.oid = c.conrelid
                  JOIN pg_namespace n ON n.oid = h.relnamespace
                WHERE c.contype = 'f' AND c.confrelid = ? AND c.conparentid = 0
                ORDER BY n.nspname, h.relname, c.conname
                """)
                .param(table)
                .query((row, i) -> new Reference(
                        Kind.FOREIGN_KEY,
                        QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                        new Identifier(row.getString("conname")),
                        NameArray.read(row, "columns")))
                .list();
    }

    /**
     * What belongs to the table and would not go with a column silently. Neap's own triggers name columns too, but go
     * before them. A generated column is found by its default, which depends on the columns that it reads.
     */
    private List<Reference> own(long table) {
        return jdbc.sql("""
                SELECT o.kind, n.nspname, t.relname, o.name,
                  array_agg(DISTINCT a.attname::text ORDER BY a.attname::text) AS columns
                FROM pg_class t
                  JOIN pg_namespace n ON n.oid = t.relnamespace
                  CROSS JOIN LATERAL (
                    SELECT 'POLICY' AS kind, 'pg_policy'::regclass AS class, oid, polname AS name, 0 AS attnum
                    FROM pg_policy WHERE polrelid = t.oid
                    UNION ALL
                    SELECT 'TRIGGER', 'pg_trigger'::regclass, oid, tgname, 0
                    FROM pg_trigger
                    WHERE tgrelid = t.oid AND NOT tgisinternal AND tgname NOT LIKE 'zzz\\_neap\\_%'
                    UNION ALL
                    SELECT 'GENERATED_COLUMN', 'pg_attrdef'::regclass, f.oid, g.attname, g.attnum
                    FROM pg_attrdef f JOIN pg_attribute g ON g.attrelid = f.adrelid AND g.attnum = f.adnum
                    WHERE f.adrelid = t.oid AND g.attgenerated <> ''
                  ) AS o
                  JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid
                    AND (d.classid = o.class AND d.objid = o.oid
                      OR o.attnum > 0 AND d.classid = 'pg_class'::regclass AND d.objid = t.oid
                        AND d.objsubid = o.attnum)
                  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
                WHERE t.oid = ? AND d.refobjsubid > 0 AND d.refobjsubid <> o.attnum
                GROUP BY o.kind, n.nspname, t.relname, o.name
                ORDER BY o.kind, o.name
                """)
                .param(table)
                .query((row, i) -> reference(row))
                .list();
    }

    /** What DROP COLUMN would stop at, or take along, only when the change is completed. */
    private List<Reference> others(long table) {
        return jdbc.sql("""
                WITH used AS (
                  SELECT d.classid, d.objid, array_agg(DISTINCT a.attname::text ORDER BY a.attname::text) AS columns
                  FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                  WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = :table AND d.refobjsubid > 0
                    AND d.deptype = 'n' AND d.classid IN ('pg_proc'::regclass, 'pg_publication_rel'::regclass)
                  GROUP BY d.classid, d.objid)
                SELECT 'FUNCTION' AS kind, n.nspname, p.proname AS relname, p.proname AS name, u.columns
                FROM used u
                  JOIN pg_proc p ON u.classid = 'pg_proc'::regclass AND p.oid = u.objid
                  JOIN pg_namespace n ON n.oid = p.pronamespace
                UNION ALL
                SELECT 'PUBLICATION', n.nspname, t.relname, p.pubname, u.columns
                FROM used u
                  JOIN pg_publication_rel r ON u.classid = 'pg_publication_rel'::regclass AND r.oid = u.objid
                  JOIN pg_publication p ON p.oid = r.prpubid
                  JOIN pg_class t ON t.oid = r.prrelid
                  JOIN pg_namespace n ON n.oid = t.relnamespace
                UNION ALL
                SELECT 'REPLICA_IDENTITY', n.nspname, t.relname, x.relname,
                  (SELECT array_agg(a.attname::text ORDER BY a.attname::text) FROM pg_attribute a
                    WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[]))
                FROM pg_index i
                  JOIN pg_class x ON x.oid = i.indexrelid
                  JOIN pg_class t ON t.oid = i.indrelid
                  JOIN pg_namespace n ON n.oid = t.relnamespace
                WHERE i.indrelid = :table AND i.indisreplident
                ORDER BY kind, nspname, name
                """)
                .param("table", table)
                .query((row, i) -> reference(row))
                .list();
    }

    private static Reference reference(ResultSet row) throws SQLException {
        return new Reference(
                Kind.valueOf(row.getString("kind")),
                QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                new Identifier(row.getString("name")),
                NameArray.read(row, "columns"));
    }
}
