package dev.neap.catalog;

import dev.neap.sql.Literal;
import dev.neap.sql.QualifiedName;

/**
 * Keys that cut a table into parts of about the same number of rows, from a sample of its pages; so any type and any
 * distribution of keys will do.
 */
public final class KeyCuts {

    private static final int MOST = 64;
    private static final int PAGES_A_PART = 32;
    private static final int ROWS_A_PART = 250_000;
    private static final int LEAST_ROWS = 25_000;

    private KeyCuts() {}

    /** How many parts suit a table of so many rows; 1 to 64. */
    public static int suit(long rows) {
        return Math.clamp(Math.max(Math.min(8, rows / LEAST_ROWS), rows / ROWS_A_PART), 1, MOST);
    }

    /**
     * A query of the last key of each part but the last one: a number from 1, {@code part}, and {@code cut}, a
     * {@code text[]}; fewer where the sample is too small.
     */
    public static String query(QualifiedName table, KeySql key, int count) {
        return query(table.sql(), Literal.of(table.sql()), key, Integer.toString(count));
    }

    /** The same as a text for PL/pgSQL's {@code format}, whose first argument is the table and whose second the count. */
    public static String template(KeySql key) {
        return query("neap$table", "neap$literal", key, "neap$count")
                .replace("%", "%%")
                .replace("neap$table", "%1$s")
                .replace("neap$literal", "%1$L")
                .replace("neap$count", "%2$s");
    }

    private static String query(String table, String literal, KeySql key, String count) {
        String columns = String.join(
                ", ", key.key().names().stream().map(name -> name.sql()).toList());
        return """
                SELECT DISTINCT ON (neap_part) neap_part AS part, %1$s AS cut
                  FROM (SELECT %2$s, ntile(%3$s) OVER (ORDER BY %4$s) AS neap_part
                          FROM %5$s TABLESAMPLE SYSTEM (%6$s)) AS neap_sample
                 WHERE neap_part < %3$s
                 ORDER BY neap_part, %7$s"""
                .formatted(
                        key.asText(""), columns, count, key.orderBy(false), table, percent(literal, count),
                        key.orderBy(true));
    }

    /** Of the pages of all leaves of the table: enough for the parts, and all of a small table. */
    private static String percent(String literal, String count) {
        return """
                (SELECT least(100, 100.0 * %1$s * %3$d / greatest(1, sum(pg_relation_size(relid)) / 8192))
                   FROM (SELECT relid FROM pg_partition_tree(%2$s) WHERE isleaf
                         UNION SELECT %2$s::regclass) AS neap_leaf)"""
                .formatted(count, literal, PAGES_A_PART);
    }
}
