package dev.neap.run;

import dev.neap.change.ChangeName;
import dev.neap.plan.Plan;
import dev.neap.run.RunFailed.Reason;

/**
 * Refuses to begin a contract while rows are set aside: what it drops may be all that they have. Whether somebody has mended
 * them can't be told in general, since new code may have given them other values than the change would.
 */
final class RowsSetAside {

    private final RunLog log;

    RowsSetAside(RunLog log) {
        this.log = log;
    }

    /** @throws RunFailed if the plan has a contract, rows are set aside, and the consent says nothing of them */
    void refuse(Plan plan, Consent consent) {
        ChangeName change = plan.change().name();
        long rows = consent.setAside() || !plan.hasGate() ? 0 : log.quarantined(change);
        if (rows > 0) {
            throw new RunFailed(
                    Reason.WRONG_STATE,
                    ("%,d row%s set aside because their data did not fit, and completing %s drops what may be all that they"
                            + " hold. neap history %s shows them. Mend them; then say so with: neap complete %s --set-aside")
                            .formatted(rows, rows == 1 ? " was" : "s were", change, change, change));
        }
    }
}
