package dev.neap.preflight.check;

import java.util.ArrayList;
import java.util.List;

/** Transactions that were opened and then left alone: they hold locks and old row versions for nothing. */
final class IdleInTransaction implements Check {

    @Override
    public String id() {
        return "idle-in-transaction";
    }

    @Override
    public List<Finding> find(Target target) {
        List<Finding> findings = new ArrayList<>(OpenTransaction.olderThan("10 seconds", true, target)
                .stream()
                .map(session -> warning(
                        session.object(),
                        session.fact()
                                + (session.holdsTable() ? " It holds a lock on the table, so DDL waits for it." : ""),
                        "Have the application commit sooner, set idle_in_transaction_session_timeout, or end it:"
                                + " SELECT pg_terminate_backend(%d);".formatted(session.pid())))
                .toList());
        if (!target.seesOthers()) {
            findings.add(unseen(target, "idle transactions"));
        }
        return findings;
    }
}
