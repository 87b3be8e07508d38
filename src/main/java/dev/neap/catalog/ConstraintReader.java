package dev.neap.catalog;

import dev.neap.catalog.Constraint.Kind;
import dev.neap.sql.Identifier;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the constraints of a table, in the order of their names. A foreign key to a partitioned table has a share for each
 * partition, which 14 leaves as not validated when the key itself is.
 */
final class ConstraintReader {

    private final JdbcClient jdbc;

    ConstraintReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Constraint> read(long table) {
        return jdbc
                .sql("""
                        SELECT c.conname, c.contype, coalesce(whole.convalidated, c.convalidated) AS convalidated, pg_get_constraintdef(c.oid) AS definition,
                          (SELECT array_agg(a.attname::text ORDER BY k.part)
                            FROM unnest(c.conkey) WITH ORDINALITY AS k (attnum, part)
                              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum) AS columns
                        FROM pg_constraint c
                          LEFT JOIN LATERAL (
                            WITH RECURSIVE up AS (
                              SELECT c.conparentid AS oid
                              UNION SELECT u.conparentid FROM up JOIN pg_constraint u ON u.oid = up.oid)
                            SELECT bool_or(u.convalidated) AS convalidated
                            FROM up JOIN pg_constraint u ON u.oid = up.oid
                            WHERE c.contype = 'f' AND u.conrelid = c.conrelid) AS whole ON true
                        WHERE c.conrelid = ?
                        ORDER BY c.conname
                        """)
                .param(table)
                .query((row, i) -> new Constraint(
                        new Identifier(row.getString("conname")),
                        kind(row.getString("contype")),
                        row.getBoolean("convalidated"),
                        NameArray.read(row, "columns"),
                        row.getString("definition")))
                .list();
    }

    private static Kind kind(String contype) {
        return switch (contype) {
            case "c" -> Kind.CHECK;
            case "f" -> Kind.FOREIGN_KEY;
            case "n" -> Kind.NOT_NULL;
            case "p" -> Kind.PRIMARY_KEY;
            case "u" -> Kind.UNIQUE;
            case "x" -> Kind.EXCLUDE;
            case "t" -> Kind.TRIGGER;
            default -> throw new IllegalStateException(
                    "PostgreSQL has a kind of constraint (%s) that Neap does not know.".formatted(contype));
        };
    }
}
