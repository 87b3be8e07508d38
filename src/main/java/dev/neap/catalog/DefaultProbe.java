package dev.neap.catalog;

import dev.neap.sql.Identifier;
import org.springframework.jdbc.core.JdbcTemplate;

/** Asks how a default reads once a column has it, by giving it to the copy's. */
final class DefaultProbe {

    private final JdbcTemplate jdbc;
    private final TableCopy copy;

    DefaultProbe(JdbcTemplate jdbc, TableCopy copy) {
        this.jdbc = jdbc;
        this.copy = copy;
    }

    /**
     * @throws Prober.Objection if it is no expression
     * @throws org.springframework.dao.DataAccessException if there is no such column, or it can't have that default
     */
    String text(Identifier column, String sql) {
        Prober.refuseFlaw("default", sql);
        // In parentheses first, so that nothing but an expression passes; then bare, as it will be written.
        jdbc.execute("EXPLAIN SELECT (" + sql + ")");
        jdbc.execute("ALTER TABLE " + copy.sql() + " ALTER COLUMN " + column + " SET DEFAULT " + sql);
        return copy.qualified(
                """
                        SELECT coalesce(max(pg_get_expr(d.adbin, d.adrelid)), 'NULL')
                        FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
                        WHERE a.attrelid = ?::regclass AND a.attname = ?
                        """,
                copy.sql(),
                column.value());
    }
}
