package dev.neap.preflight.check;

import dev.neap.preflight.estimate.Quantity;
import java.util.List;

/** Many dead rows slow every scan down, and say that vacuuming does not keep up already. */
final class DeadTuples implements Check {

    @Override
    public String id() {
        return "dead-tuples";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.jdbc()
                .sql(
                        """
                                SELECT s.relid::regclass::text, s.n_dead_tup, 100 * s.n_dead_tup / (s.n_live_tup + s.n_dead_tup),
                                       coalesce(to_char(greatest(s.last_vacuum, s.last_autovacuum), 'YYYY-MM-DD HH24:MI'), 'never')
                                FROM pg_stat_user_tables s
                                WHERE s.n_dead_tup > 10000 AND s.n_dead_tup > 0.2 * (s.n_live_tup + s.n_dead_tup)
                                  AND (:oid = 0 OR s.relid = :oid
                                       OR s.relid IN (SELECT relid FROM pg_partition_tree(CAST(:oid AS oid))))
                                ORDER BY s.n_dead_tup DESC
                                LIMIT 20""")
                .param("oid", target.oid())
                .query((row, n) -> warning(
                        "table " + row.getString(1),
                        "%d %% of its row versions are dead (%s); last vacuumed: %s."
                                .formatted(row.getLong(3), Quantity.count(row.getLong(2)), row.getString(4)),
                        "VACUUM (ANALYZE) %s; and find what keeps autovacuum from it.".formatted(row.getString(1))))
                .list();
    }
}
