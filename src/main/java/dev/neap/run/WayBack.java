package dev.neap.run;

import dev.neap.plan.Plan;
import dev.neap.plan.PlannedStep;
import dev.neap.run.RunFailed.Reason;
import dev.neap.step.DdlStep;
import dev.neap.step.Undo;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Refuses a rollback, before any of it is done, that could not be done without a loss. */
final class WayBack {

    private final JdbcClient jdbc;
    private final Inspection inspection;

    WayBack(JdbcClient jdbc, Inspection inspection) {
        this.jdbc = jdbc;
        this.inspection = inspection;
    }

    /** @throws RunFailed if the way back is closed */
    void mustBeOpen(Run run, Plan plan) {
        plan.grounds()
                .forEach(ground -> inspection.table(ground.table().name())
                        .ifPresent(now -> LastCopies.refuse(run, plan.on(ground), now)));
        if (run.state() == RunState.ROLLING_BACK) {
            // Some of it is done already, and what the questions are about may be gone.
            return;
        }
        MadeSteps made = new MadeSteps(jdbc);
        for (PlannedStep planned : plan.undoable()) {
            Optional<Undo.Obstacle> obstacle = ((DdlStep) planned.step()).undo().flatMap(Undo::obstacle);
            if (obstacle.isPresent() && made.contain(run.id(), planned.id()) && stands(obstacle.get())) {
                throw new RunFailed(
                        Reason.WRONG_STATE,
                        "%s %s, then roll back; or finish the change with: neap complete %s"
                                .formatted(obstacle.get().fact(), obstacle.get().remedy(), run.change()));
            }
        }
    }

    private boolean stands(Undo.Obstacle obstacle) {
        return jdbc.sql(obstacle.query()).query(Boolean.class).single();
    }
}
