package dev.neap.preflight.check;

import dev.neap.catalog.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the backfill's updates can be heap-only (HOT): only if no column that it writes is in an index, and while the
 * row's page has room. Otherwise each row costs a new entry in every index.
 */
final class HotUpdates implements Check {

    private static final int SUMMARIZING_SINCE = 160_000;

    @Override
    public String id() {
        return "hot-updates";
    }

    @Override
    public List<Finding> find(Target target) {
        if (target.table().isEmpty() || !target.updatesRows()) {
            return List.of();
        }
        Table table = target.table().get();
        List<String> touched = indexesOver(target, table);
        List<Finding> findings = new ArrayList<>();
        if (!touched.isEmpty()) {
            findings.add(note(
                    Target.named(table),
                    ("The backfill writes a column of index %s: no update is HOT, and each row gets a new "
                            + "entry in each of its %d indexes.")
                            .formatted(String.join(", ", touched), table.indexes().size()),
                    "If the index can be missed meanwhile, build it again after the change."));
        } else if (!table.indexes().isEmpty()) {
            findings.add(note(
                    Target.named(table),
                    ("No index uses a column that the backfill writes, so updates can be HOT where a page has "
                            + "room (fillfactor %d).")
                            .formatted(fillfactor(target)),
                    "Nothing to do: with no old transaction open, pages are pruned as work goes on."));
        }
        return findings;
    }

    private static List<String> indexesOver(Target target, Table table) {
        // Columns in expressions and predicates are only in pg_depend; summarizing indexes (brin) allow HOT since 16.
        return target.jdbc()
                .sql(
                        """
                                SELECT DISTINCT quote_ident(c.relname)
                                FROM pg_index i
                                JOIN pg_class c ON c.oid = i.indexrelid
                                JOIN pg_am m ON m.oid = c.relam
                                JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum > 0 AND a.attname = ANY (:columns)
                                WHERE i.indrelid = :oid
                                  AND NOT (m.amname = 'brin' AND :version >= :summarizing)
                                  AND (a.attnum = ANY (i.indkey::int2[])
                                       OR EXISTS (SELECT FROM pg_depend d
                                                  WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                                                    AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid
                                                    AND d.refobjsubid = a.attnum))
                                ORDER BY 1""")
                .param("columns", target.writtenNames().toArray(String[]::new))
                .param("oid", table.oid())
                .param("version", table.server().number())
                .param("summarizing", SUMMARIZING_SINCE)
                .query((row, n) -> row.getString(1))
                .list();
    }

    private static int fillfactor(Target target) {
        return target.jdbc()
                .sql(
                        """
                                SELECT coalesce((SELECT option_value::int FROM pg_options_to_table(c.reloptions)
                                                 WHERE option_name = 'fillfactor'), 100)
                                FROM pg_class c WHERE c.oid = :oid""")
                .param("oid", target.oid())
                .query(Integer.class)
                .single();
    }
}
