package dev.neap.preflight.check;

import java.util.List;

/** Without statistics the size is a guess, and so are chunks, progress and estimates. */
final class MissingStatistics implements Check {

    @Override
    public String id() {
        return "statistics";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.jdbc()
                .sql(
                        """
                                SELECT c.oid::regclass::text
                                FROM pg_class c
                                JOIN pg_namespace n ON n.oid = c.relnamespace
                                WHERE c.relkind IN ('r', 'p') AND c.reltuples < 0
                                  AND n.nspname NOT IN ('information_schema', 'neap') AND n.nspname !~ '^pg_'
                                  AND (c.relkind = 'p' OR pg_relation_size(c.oid) > 0)
                                  AND (:oid = 0 OR c.oid = :oid)
                                ORDER BY pg_total_relation_size(c.oid) DESC
                                LIMIT 20""")
                .param("oid", target.oid())
                .query((row, n) -> warning(
                        "table " + row.getString(1),
                        "It was never analysed, so its number of rows is a guess.",
                        "ANALYZE %s;".formatted(row.getString(1))))
                .list();
    }
}
