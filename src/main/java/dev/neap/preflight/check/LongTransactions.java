package dev.neap.preflight.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Transactions at work for more than a minute. DDL waits for those that touched the table, CREATE INDEX CONCURRENTLY
 * for all of them, and while they last no old row version can be pruned.
 */
final class LongTransactions implements Check {

    @Override
    public String id() {
        return "long-transaction";
    }

    @Override
    public List<Finding> find(Target target) {
        List<Finding> findings = new ArrayList<>(OpenTransaction.olderThan("1 minute", false, target)
                .stream()
                .map(session -> warning(
                        session.object(),
                        session.fact() + (session.holdsTable()
                                ? " It holds a lock on the table, so DDL waits for it."
                                : " While it lasts, row versions stay and CREATE INDEX CONCURRENTLY waits."),
                        "Let it end, or end it: SELECT pg_terminate_backend(%d);".formatted(session.pid())))
                .toList());
        if (!target.seesOthers()) {
            findings.add(unseen(target, "how long transactions"));
        }
        return findings;
    }
}
