package dev.neap.run;

import dev.neap.step.StepId;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which changes of structure a run itself made, in {@code neap.made}. A step that finds its work done already, by somebody
 * who was quicker, leaves no note: that work is not the run's to take back.
 */
public final class MadeSteps {

    private final JdbcClient jdbc;

    public MadeSteps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether a rollback of the run has to take the step back. */
    public boolean contain(RunId run, StepId step) {
        return jdbc.sql("""
                SELECT NOT r.notes_made OR EXISTS (SELECT 1 FROM neap.made m WHERE m.run_id = r.id AND m.step = ?)
                  FROM neap.run r WHERE r.id = ?""")
                .params(step.value(), run.value())
                .query(Boolean.class)
                .single();
    }

    /**
     * Notes that the step has been undone, where only this tells.
     *
     * @param within the client of the transaction that undoes it
     */
    public static void forget(JdbcClient within, RunId run, StepId step) {
        within.sql("DELETE FROM neap.made WHERE run_id = ? AND step = ?").params(run.value(), step.value()).update();
    }

    /**
     * Notes that the step is being done.
     *
     * @param within the client of the transaction that does it; or, where there is none, just before
     */
    public static void note(JdbcClient within, RunId run, StepId step) {
        within.sql("INSERT INTO neap.made (run_id, step) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .params(run.value(), step.value())
                .update();
    }
}
