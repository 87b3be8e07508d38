package dev.neap.backfill;

import dev.neap.step.BackfillStep;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sets rows aside as long as there are not too many of them. */
public final class QuarantineLimit {

    private static final int SHOWN_ROWS = 10;

    private final Quarantine quarantine;
    private final PassSetup setup;
    private final int most;

    /**
     * @param jdbc takes part in the chunk's transaction, if the thread is in one
     * @param most how many rows may be set aside; ≥ 0
     */
    public QuarantineLimit(JdbcClient jdbc, PassSetup setup, int most) {
        this.quarantine = new Quarantine(jdbc, setup.change(), setup.backfillId());
        this.setup = setup;
        this.most = most;
    }

    /** Whether no more may be set aside. */
    boolean reached() {
        return quarantine.size() >= most;
    }

    /**
     * Sets a row aside with the chunk's transaction.
     *
     * @throws BackfillFailed if it is one too many
     */
    public void setAside(List<String> key, String sqlState, String message) {
        if (!quarantine.add(setup.unit().oid(), key, sqlState, message, most)) {
            throw tooMany(key, sqlState, message);
        }
    }

    /** The row that is one too many, and those set aside before it. */
    BackfillFailed tooMany(List<String> key, String sqlState, String message) {
        List<String> aside = quarantine.newest(SHOWN_ROWS);
        boolean once = setup.backfill().discipline() == BackfillStep.Discipline.ONCE;
        return new BackfillFailed(
                ("The row with key %s of table %s can't be changed: %s (SQLSTATE %s)%s. Correct the row%s and run the"
                        + " change again, or raise backfill.max_quarantined (now %d) to set such rows aside.")
                        .formatted(
                                String.join(", ", key),
                                setup.unit().table(),
                                message,
                                sqlState,
                                aside.isEmpty()
                                        ? ""
                                        : (once ? "; set aside for good before: " : "; set aside before: ")
                                                + String.join("; ", aside),
                                aside.isEmpty() || once ? "" : "s",
                                most));
    }
}
