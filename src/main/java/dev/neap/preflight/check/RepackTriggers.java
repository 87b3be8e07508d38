package dev.neap.preflight.check;

import java.util.List;

/** pg_repack copies a table and swaps it: at the same time as a change, one of the two loses. */
final class RepackTriggers implements Check {

    @Override
    public String id() {
        return "pg-repack";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.jdbc()
                .sql(
                        """
                                SELECT t.tgrelid::regclass::text
                                FROM pg_trigger t
                                WHERE t.tgname = 'repack_trigger' AND (:oid = 0 OR t.tgrelid = :oid)
                                ORDER BY 1
                                LIMIT 20""")
                .param("oid", target.oid())
                .query((row, n) -> judge(target, row.getString(1)))
                .list();
    }

    private Finding judge(Target target, String table) {
        String fact = "It carries pg_repack's trigger: a repack is at work, or died and left it.";
        String remedy = "Let pg_repack finish; if it died, DROP EXTENSION pg_repack CASCADE; and create it again.";
        return target.plan().isPresent()
                ? blocker("table " + table, fact, remedy)
                : warning("table " + table, fact, remedy);
    }
}
