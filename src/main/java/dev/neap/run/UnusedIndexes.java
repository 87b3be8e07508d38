package dev.neap.run;

import dev.neap.change.operation.Names;
import dev.neap.change.operation.Operation;
import dev.neap.change.operation.ReplaceIndex;
import dev.neap.plan.Plan;
import dev.neap.plan.Planner;
import dev.neap.run.RunFailed.Reason;
import dev.neap.sql.Identifier;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Refuses to drop an index that queries use for one that none of them has used since it was built: as far as anybody can
 * see, they would be left without. A unique index is used by every write, so it is not asked about.
 */
final class UnusedIndexes {

    private final JdbcClient jdbc;

    UnusedIndexes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws RunFailed if an index of the plan's has not been used, and the consent says nothing of that */
    void refuse(Plan plan, Consent consent) {
        if (consent.unusedIndexes()) {
            return;
        }
        Planner.located(plan.change()).forEach(located -> refuse(plan, located.operation()));
    }

    private void refuse(Plan plan, Operation operation) {
        if (operation instanceof ReplaceIndex replace
                && replace.definition().filter(definition -> !definition.unique()).isPresent()) {
            Identifier successor = new Names(plan.change().name()).successor(replace.name());
            scansOfTheOld(plan.table().oid(), replace.name(), successor).ifPresent(scans -> {
                throw new RunFailed(
                        Reason.WRONG_STATE,
                        ("No query has used index %1$s since it was built, and %2$s, whose place it is to take, has been used"
                                + " %3$,d times (of standbys this server knows nothing). See with EXPLAIN that queries take"
                                + " the new one, and complete the change again; or complete it as it is, with: neap complete"
                                + " %4$s --unused-index").formatted(
                                        successor, replace.name(), scans, plan.change().name()));
            });
        }
    }

    /** Empty if nothing speaks against dropping it: nobody uses it, or the new one is used, or nothing is counted. */
    private Optional<Long> scansOfTheOld(long table, Identifier old, Identifier successor) {
        return jdbc.sql("""
                SELECT o.idx_scan
                FROM pg_stat_all_indexes o JOIN pg_stat_all_indexes n ON n.relid = o.relid
                WHERE o.relid = :table AND o.indexrelname = :old AND n.indexrelname = :successor
                  AND o.idx_scan > 0 AND n.idx_scan = 0 AND current_setting('track_counts')::boolean
                """)
                .param("table", table)
                .param("old", old.value())
                .param("successor", successor.value())
                .query(Long.class)
                .optional();
    }
}
