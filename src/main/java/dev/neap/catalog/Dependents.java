package dev.neap.catalog;

import dev.neap.sql.Identifier;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Refuses a column that is to have a successor while something hangs on it which can't be made for that. */
final class Dependents {

    private final JdbcTemplate jdbc;
    private final Table table;

    Dependents(JdbcTemplate jdbc, Table table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    /** @throws Prober.Objection if there is such a thing */
    void refuse(Identifier column) {
        refuse(column, others(column), "Drop that first, and make it again once the change is completed.");
        refuse(column, ofPartitions(column),
                "Drop that first, and make it again for the partition once the change is completed; or give it to all"
                        + " partitions.");
    }

    private static void refuse(Identifier column, List<String> dependents, String remedy) {
        if (!dependents.isEmpty()) {
            throw new Prober.Objection(
                    "Column %s is used by %s.".formatted(column, String.join(", ", dependents)), remedy);
        }
    }

    /** Of views, triggers and foreign keys, the table itself tells. */
    private List<String> others(Identifier column) {
        return jdbc.query(
                """
                        SELECT DISTINCT pg_describe_object(d.classid, d.objid, 0) AS dependent
                        FROM pg_depend d
                          JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                        WHERE d.refclassid = 'pg_class'::regclass AND a.attrelid = ? AND a.attname = ?
                          AND d.classid NOT IN ('pg_class'::regclass, 'pg_constraint'::regclass, 'pg_attrdef'::regclass,
                            'pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_trigger'::regclass)
                        UNION
                        SELECT pg_describe_object(d.classid, d.objid, 0)
                        FROM pg_constraint k
                          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
                          JOIN pg_depend d ON d.refclassid = 'pg_constraint'::regclass AND d.refobjid = k.oid
                        WHERE k.conrelid = ? AND k.contype = 'p' AND a.attname = ?
                          AND d.classid NOT IN ('pg_class'::regclass, 'pg_constraint'::regclass, 'pg_trigger'::regclass)
                        ORDER BY 1
                        """,
                (row, i) -> row.getString("dependent"),
                table.oid(),
                column.value(),
                table.oid(),
                column.value());
    }

    /** Indexes, checks and foreign keys that a partition has and the table has not: they would go with the old column. */
    private List<String> ofPartitions(Identifier column) {
        return jdbc.query(
                """
                        SELECT format('%s of partition %s', thing.words, l.relid) AS dependent
                        FROM pg_partition_tree(CAST(? AS oid)) l
                          JOIN pg_attribute a ON a.attrelid = l.relid AND a.attname = ?
                          CROSS JOIN LATERAL (
                            SELECT 'index ' || x.relname AS words
                            FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
                            WHERE i.indrelid = l.relid AND NOT x.relispartition
                              AND (a.attnum = ANY (i.indkey::int2[]) OR EXISTS (SELECT FROM pg_depend d
                                WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                                  AND d.refclassid = 'pg_class'::regclass AND d.refobjid = l.relid
                                  AND d.refobjsubid = a.attnum))
                            UNION ALL
                            SELECT 'constraint ' || k.conname FROM pg_constraint k
                            WHERE k.conrelid = l.relid AND a.attnum = ANY (k.conkey) AND k.conparentid = 0
                              AND (k.contype = 'f' OR k.contype = 'c' AND k.coninhcount = 0)) AS thing
                        WHERE l.level > 0
                        ORDER BY 1
                        """,
                (row, i) -> row.getString("dependent"),
                table.oid(),
                column.value());
    }
}
