package dev.neap.control;

import dev.neap.change.ChangeName;
import dev.neap.jdbc.Transactions;
import dev.neap.run.RunId;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What is asked of runs, how far they are and who did what, for those who only want to read it. Where an older Neap has
 * worked there is nothing, which is no error.
 */
public final class ControlLog {

    private final Transactions transactions;

    public ControlLog(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /** What is asked now. */
    public Asked asked(ChangeName change) {
        return exists() ? new ControlStore(transactions).read(change) : Asked.NOTHING;
    }

    /** What its process told last, also if it has died since; empty before the first time. */
    public Optional<Published> progress(ChangeName change) {
        return exists() ? new ProgressStore(transactions.jdbc()).find(change) : Optional.empty();
    }

    /** What people asked of a run, and what came of it, the oldest first. */
    public List<AuditStore.Entry> audit(RunId run) {
        return exists() ? new AuditStore(transactions.jdbc()).of(run) : List.of();
    }

    boolean exists() {
        return transactions.jdbc()
                .sql("SELECT to_regclass('neap.control') IS NOT NULL")
                .query(Boolean.class)
                .single();
    }
}
