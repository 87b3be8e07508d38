package dev.neap.backfill;

import dev.neap.sql.QualifiedName;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is cut into segments and walked by itself: a table, or a leaf of a partitioned one.
 *
 * @param oid of the leaf; 0 for a table as a whole
 * @param table which statements name
 * @param ranges how it is walked
 * @param rows in it, estimated; ≥ 0
 */
public record Unit(long oid, QualifiedName table, Ranges ranges, long rows) {

    /** A table as a whole. */
    public static Unit whole(QualifiedName table, Ranges ranges, long rows) {
        return new Unit(0, table, ranges, rows);
    }

    /** As it stands in a statement whose expressions were written for {@code parent}. */
    public String as(QualifiedName parent) {
        return oid == 0 ? table.sql() : table + " AS " + parent.name();
    }

    /** Whether the server still knows it by its name. */
    public boolean isThere(JdbcClient jdbc) {
        return jdbc.sql("SELECT to_regclass(?) IS NOT NULL").param(table.sql()).query(Boolean.class).single();
    }

    /**
     * Whether its rows are still rows of the table. To be asked once the transaction has locked it by writing to it: from
     * then on nobody can detach it.
     */
    boolean belongsTo(JdbcClient jdbc, QualifiedName parent) {
        return oid == 0
                || jdbc.sql("""
                        SELECT EXISTS (SELECT FROM pg_partition_ancestors(to_regclass(?))
                                        WHERE relid = to_regclass(?) AND to_regclass(?) = CAST(? AS oid))""")
                        .params(table.sql(), parent.sql(), table.sql(), oid)
                        .query(Boolean.class)
                        .single();
    }
}
