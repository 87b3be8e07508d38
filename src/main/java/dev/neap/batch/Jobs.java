package dev.neap.batch;

import dev.neap.ddl.Statements;
import dev.neap.plan.PlannedStep;
import dev.neap.run.Engine.Assignment;
import dev.neap.run.ProgressBoard;
import dev.neap.step.BackfillStep;
import dev.neap.step.DdlStep;
import dev.neap.step.GateStep;
import dev.neap.step.LastLookStep;
import dev.neap.step.MovedStep;
import dev.neap.step.VerifyStep;
import java.util.List;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;

/** Makes the Spring Batch job of an assignment: a step for each step of the plan, in its order. */
public final class Jobs {

    private final Builders builders;
    private final DdlTasklet.Factory ddl;
    private final PassSteps passes;
    private final Onset onset;

    /** @param onset told of each step that begins */
    public Jobs(Builders builders, DdlTasklet.Factory ddl, PassSteps passes, Onset onset) {
        this.builders = builders;
        this.ddl = ddl;
        this.passes = passes;
        this.onset = onset;
    }

    /** The steps of the plan that the goal needs, in order. */
    static List<PlannedStep> steps(Assignment assignment) {
        return switch (assignment.goal()) {
            case RUN -> assignment.plan().beforeGate();
            case COMPLETE -> assignment.plan().afterGate();
            case ROLLBACK -> assignment.plan().undoable();
        };
    }

    /** The assignment must have at least one step. */
    Job build(Assignment assignment, ProgressBoard board) {
        List<PlannedStep> planned = steps(assignment).stream()
                .filter(step -> isToDo(step, board))
                .toList();
        SimpleJobBuilder builder = builders.job(assignment.run().change().value())
                .start(step(assignment, planned, 0, board));
        for (int i = 1; i < planned.size(); i++) {
            builder = builder.next(step(assignment, planned, i, board));
        }
        return builder.build();
    }

    /** Where somebody has dropped the old one of two names by hand, the look would fail, and the contract with it. */
    private boolean isToDo(PlannedStep planned, ProgressBoard board) {
        if (!(planned.step() instanceof LastLookStep look)
                || ddl.executor().holds(planned.ground().table().name(), look.comparable())) {
            return true;
        }
        board.event(look.title() + ": one of them is gone, so there is nothing to compare");
        return false;
    }

    private Step step(Assignment assignment, List<PlannedStep> all, int index, ProgressBoard board) {
        PlannedStep planned = all.get(index);
        Place place = new Place(index + 1, all.size(), planned, board, () -> onset.begins(assignment, planned));
        boolean undo = switch (assignment.goal()) {
            case RUN, COMPLETE -> false;
            case ROLLBACK -> true;
        };
        return switch (planned.step()) {
            case DdlStep step ->
                ddl(
                        assignment,
                        place,
                        undo ? Statements.of(step.undo().orElseThrow()) : List.of(Statements.of(step)));
            case BackfillStep step -> passes.backfill(assignment, place, step);
            case VerifyStep step -> passes.verify(assignment, place, step);
            case MovedStep step -> passes.moved(assignment, place, step);
            case LastLookStep step -> passes.lastLook(assignment, place, step);
            case GateStep step -> throw new IllegalStateException("A gate is no work.");
        };
    }

    private Step ddl(Assignment assignment, Place place, List<Statements> statements) {
        return builders.step(place.planned().id().value())
                // DDL manages its own transactions: nothing may be open while it waits for a lock.
                .tasklet(ddl.make(assignment, place, statements), new ResourcelessTransactionManager())
                .build();
    }
}
