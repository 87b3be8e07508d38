package dev.neap.catalog;

import dev.neap.catalog.Reference.Kind;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what outside a table depends on it: views first, then foreign keys, each in the order of their names. */
final class ReferenceReader {

    private final JdbcClient jdbc;

    ReferenceReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Reference> read(long table) {
        return Stream.concat(views(table).stream(), foreignKeys(table).stream()).toList();
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
}
