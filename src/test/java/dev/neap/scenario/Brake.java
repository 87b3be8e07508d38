package dev.neap.scenario;

import dev.neap.postgres.TestDatabase;
import java.time.Duration;

/**
 * An expression that takes its time, until the test has seen what it wants to see: {@value #NEXT}. So a run lasts on a
 * machine of any speed.
 */
final class Brake {

    /** To be used instead of {@code n + 1}. */
    static final String NEXT = "next(n)";

    private final TestDatabase db;

    private Brake(TestDatabase db) {
        this.db = db;
    }

    /** @param time of each row */
    static Brake on(TestDatabase db, Duration time) {
        Brake brake = new Brake(db);
        brake.take(time);
        return brake;
    }

    /** Lets the run end as fast as it can. */
    void release() {
        take(Duration.ZERO);
    }

    private void take(Duration time) {
        db.execute(
                """
                        CREATE OR REPLACE FUNCTION next(n int) RETURNS int LANGUAGE plpgsql AS
                        $$BEGIN PERFORM pg_sleep(%s); RETURN n + 1; END$$""".formatted(time.toMillis() / 1000.0));
    }
}
