package dev.neap.trace;

import dev.neap.jdbc.Transactions;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.postgres.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Statements that are traced and rolled back. */
final class Traced {

    private Traced() {}

    /** Thrown to roll back. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What the statements do in one transaction, of which nothing stays. */
    static Footprint of(TestDatabase db, String... sql) {
        return on(db.dataSource(), sql);
    }

    static Footprint on(DataSource source, String... sql) {
        Transactions transactions = new Transactions(source);
        List<Footprint> footprints = new ArrayList<>();
        try {
            transactions.in(Settings.none().lockTimeout(Duration.ofSeconds(5)), jdbc -> {
                Photograph before = Tracer.photograph(jdbc);
                for (String statement : sql) {
                    transactions.execute(statement);
                }
                footprints.add(Tracer.footprint(jdbc, before));
                throw new Enough();
            });
        } catch (Enough e) {
            // That is what it was for.
        }
        return footprints.getFirst();
    }
}
