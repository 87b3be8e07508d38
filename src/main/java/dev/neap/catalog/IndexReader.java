package dev.neap.catalog;

import dev.neap.catalog.Index.Part;
import dev.neap.sql.Identifier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the indexes of a table, in the order of their names. */
final class IndexReader {

    private final JdbcClient jdbc;

    IndexReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One row an index, its key parts as two arrays. An index is ordered if all its parts are plain ASC (indoption 0: NULLS
     * LAST) or all plain DESC (indoption 3: NULLS FIRST), for only these are what ORDER BY without NULLS asks for. An
     * operator class counts as the type's default if it is one and the type has none nearer: varchar borrows text's, an
     * enum anyenum's, but a text column may have been indexed by bpchar's.
     */
    List<Index> read(long table) {
        return jdbc.sql("""
                SELECT c.relname, i.indisunique, i.indisprimary,
                  i.indisvalid AND i.indisready AND i.indislive AS valid,
                  am.amname = 'btree' AND parts.plain AS ordered,
                  i.indpred IS NOT NULL AS partial, i.indimmediate, parts.columns, parts.collations,
                  %s AS definition
                FROM pg_index i
                  JOIN pg_class c ON c.oid = i.indexrelid
                  JOIN pg_am am ON am.oid = c.relam
                  CROSS JOIN LATERAL (
                    SELECT array_agg(a.attname::text ORDER BY k.part) AS columns,
                      array_agg(CASE WHEN k.coll <> coalesce(a.attcollation, k.coll)
                        THEN (SELECT format('%%I.%%I', n.nspname, co.collname)
                          FROM pg_collation co JOIN pg_namespace n ON n.oid = co.collnamespace
                          WHERE co.oid = k.coll)
                        END ORDER BY k.part) AS collations,
                      (bool_and(k.option = 0) OR bool_and(k.option = 3)) AND bool_and(coalesce(
                        oc.opcdefault AND CASE
                          WHEN t.base = 'varchar'::regtype THEN oc.opcintype = 'text'::regtype
                          ELSE oc.opcintype = t.base OR NOT EXISTS (
                            SELECT FROM pg_opclass nearer
                            WHERE nearer.opcmethod = c.relam AND nearer.opcdefault
                              AND nearer.opcintype = t.base)
                        END, false)) AS plain
                    FROM ROWS FROM (unnest(i.indkey::int2[]), unnest(i.indoption::int2[]),
                        unnest(i.indclass::oid[]), unnest(i.indcollation::oid[]))
                        WITH ORDINALITY AS k (attnum, option, opclass, coll, part)
                      JOIN pg_opclass oc ON oc.oid = k.opclass
                      LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                        AND k.attnum <> 0
                      LEFT JOIN LATERAL (
                        SELECT CASE typtype WHEN 'd' THEN typbasetype ELSE oid END AS base
                        FROM pg_type WHERE oid = a.atttypid) AS t ON true
                    WHERE k.part <= i.indnkeyatts
                  ) AS parts
                WHERE i.indrelid = ?
                ORDER BY c.relname
                """.formatted(Index.PRINTED))
                .param(table)
                .query((row, number) -> index(row))
                .list();
    }

    private static Index index(ResultSet row) throws SQLException {
        return new Index(
                new Identifier(row.getString("relname")),
                row.getBoolean("indisunique"),
                row.getBoolean("indisprimary"),
                row.getBoolean("valid"),
                row.getBoolean("ordered"),
                row.getBoolean("partial"),
                row.getBoolean("indimmediate"),
                parts(row),
                row.getString("definition"));
    }

    private static List<Part> parts(ResultSet row) throws SQLException {
        @Nullable
        String[] columns = (String[]) row.getArray("columns").getArray();
        @Nullable
        String[] collations = (String[]) row.getArray("collations").getArray();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            parts.add(new Part(
                    Optional.ofNullable(columns[i]).map(Identifier::new), Optional.ofNullable(collations[i])));
        }
        return parts;
    }
}
