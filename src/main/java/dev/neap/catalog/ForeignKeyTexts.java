package dev.neap.catalog;

import dev.neap.catalog.Answers.ConstraintText;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes a table's outgoing foreign keys for a column's new name. A temporary copy can't have them (PostgreSQL lets a
 * temporary table reference only its like), so they are put together from the catalog.
 */
final class ForeignKeyTexts {

    private final JdbcTemplate jdbc;

    ForeignKeyTexts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Without the shares that a foreign key to a partitioned table has for each partition. confdelsetcols (SET NULL of some
     * columns only) and conperiod are read as JSON, for they came with 15 and 18.
     */
    List<ConstraintText> renamed(long table, Identifier from, Identifier to) {
        return jdbc.query(
                """
                        SELECT c.conname, n.nspname, p.relname, c.confmatchtype, c.confupdtype, c.confdeltype,
                          c.condeferrable, c.condeferred, coalesce((to_jsonb(c) ->> 'conperiod')::boolean, false) AS period,
                          (SELECT array_agg(a.attname::text ORDER BY k.part)
                            FROM unnest(c.conkey) WITH ORDINALITY AS k (attnum, part)
                              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum) AS columns,
                          (SELECT array_agg(a.attname::text ORDER BY k.part)
                            FROM unnest(c.confkey) WITH ORDINALITY AS k (attnum, part)
                              JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.attnum) AS referenced,
                          (SELECT array_agg(a.attname::text ORDER BY a.attnum)
                            FROM pg_attribute a
                            WHERE a.attrelid = c.conrelid AND to_jsonb(c) -> 'confdelsetcols' @> to_jsonb(a.attnum)) AS cleared
                        FROM pg_constraint c
                          JOIN pg_class p ON p.oid = c.confrelid
                          JOIN pg_namespace n ON n.oid = p.relnamespace
                        WHERE c.conrelid = ? AND c.contype = 'f'
                          AND NOT EXISTS (SELECT FROM pg_constraint whole
                            WHERE whole.oid = c.conparentid AND whole.conrelid = c.conrelid)
                          AND EXISTS (SELECT FROM pg_attribute a
                            WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) AND a.attname = ?)
                        ORDER BY c.conname
                        """,
                (row, i) -> new ConstraintText(
                        new Identifier(row.getString("conname")),
                        definition(row, from, to),
                        Optional.empty(),
                        Optional.of(QualifiedName.of(row.getString("nspname"), row.getString("relname")))),
                table,
                from.value());
    }

    private static String definition(ResultSet row, Identifier from, Identifier to) throws SQLException {
        boolean period = row.getBoolean("period");
        List<Identifier> cleared = replaced(NameArray.read(row, "cleared"), from, to);
        return "FOREIGN KEY " + list(replaced(NameArray.read(row, "columns"), from, to), period)
                + " REFERENCES " + QualifiedName.of(row.getString("nspname"), row.getString("relname"))
                + list(NameArray.read(row, "referenced"), period)
                + (row.getString("confmatchtype").equals("f") ? " MATCH FULL" : "")
                + action(" ON UPDATE", row.getString("confupdtype"))
                + action(" ON DELETE", row.getString("confdeltype"))
                + (cleared.isEmpty() ? "" : " " + list(cleared, false))
                + (row.getBoolean("condeferrable") ? " DEFERRABLE" : "")
                + (row.getBoolean("condeferred") ? " INITIALLY DEFERRED" : "");
    }

    private static List<Identifier> replaced(List<Identifier> columns, Identifier from, Identifier to) {
        return columns.stream().map(column -> column.equals(from) ? to : column).toList();
    }

    /** @param period whether the last one is a range that must be covered */
    private static String list(List<Identifier> columns, boolean period) {
        String names = columns.subList(0, columns.size() - 1)
                .stream()
                .map(column -> column.sql() + ", ")
                .collect(Collectors.joining());
        return "(" + names + (period ? "PERIOD " : "") + columns.getLast() + ")";
    }

    private static String action(String event, String code) {
        return switch (code) {
            case "r" -> event + " RESTRICT";
            case "c" -> event + " CASCADE";
            case "n" -> event + " SET NULL";
            case "d" -> event + " SET DEFAULT";
            default -> "";
        };
    }
}
