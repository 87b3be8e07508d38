package dev.neap.preflight.check;

import java.util.List;

/** An unlogged table is empty after a crash, while Neap's checkpoints, which are logged, say it was done. */
final class UnloggedTables implements Check {

    @Override
    public String id() {
        return "unlogged";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.jdbc()
                .sql(
                        """
                                SELECT c.oid::regclass::text
                                FROM pg_class c
                                WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'u' AND (:oid = 0 OR c.oid = :oid)
                                ORDER BY 1
                                LIMIT 20""")
                .param("oid", target.oid())
                .query((row, n) -> warning(
                        "table " + row.getString(1),
                        "It is unlogged: empty after a crash, and not on any standby.",
                        ("ALTER TABLE %s SET LOGGED; rewrites it, so do that at a quiet hour, or leave it if "
                                + "that is meant.")
                                .formatted(row.getString(1))))
                .list();
    }
}
