package dev.neap.batch;

import dev.neap.backfill.ClaimLost;
import dev.neap.ddl.DdlExecutor;
import dev.neap.ddl.Statements;
import dev.neap.pace.Stopped;
import dev.neap.pace.Verdict;
import dev.neap.run.Engine.Assignment;
import dev.neap.run.LeaseStore;
import dev.neap.run.MadeSteps;
import dev.neap.sql.QualifiedName;
import java.time.Duration;
import java.util.Optional;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One DDL step, or its undoing. */
public final class DdlTasklet implements Tasklet {

    private final Factory factory;
    private final Assignment assignment;
    private final QualifiedName table;
    private final Place place;
    private final Statements statements;
    private boolean closed;

    private DdlTasklet(Factory factory, Assignment assignment, Place place, Statements statements) {
        this.factory = factory;
        this.assignment = assignment;
        this.table = assignment.plan().change().table();
        this.place = place;
        this.statements = statements;
    }

    /**
     * Makes tasklets that share one executor.
     *
     * @param made tells what a rollback has to take back
     * @param start keeps a step from beginning while something holds; nothing keeps a rollback
     * @param beginning tells before each try whether it may be made
     */
    public record Factory(DdlExecutor executor, MadeSteps made, PacedStart start, Beginning beginning) {
        DdlTasklet make(Assignment assignment, Place place, Statements statements) {
            return new DdlTasklet(this, assignment, place, statements);
        }
    }

    /**
     * A process that was frozen for long and thawed must not change the structure of what another one works on now. What
     * this one changes is noted in the same transaction, if it has one.
     */
    private void claim(JdbcClient jdbc) {
        if (!LeaseStore.pin(jdbc, assignment.run().change(), assignment.lease())) {
            throw new ClaimLost("Another process has taken change %s over.".formatted(assignment.run().change()));
        }
        if (!isUndo()) {
            MadeSteps.note(jdbc, assignment.run().id(), place.planned().id());
        }
    }

    /** Asked before each try. */
    private Optional<String> closed() {
        Optional<String> reason = factory.beginning()
                .closed(assignment, place.planned())
                .map(Verdict.Hold::reason);
        if (closed && reason.isEmpty()) {
            place.board().resumed();
        }
        closed = reason.isPresent();
        return reason;
    }

    private boolean isUndo() {
        return switch (assignment.goal()) {
            case RUN, COMPLETE -> false;
            case ROLLBACK -> true;
        };
    }

    /** What somebody else had made before the run came to it, or made because it never came, is theirs. */
    private boolean isLeft() {
        return isUndo()
                && !factory.made().contain(assignment.run().id(), place.planned().id())
                && !factory.executor().holds(table, statements.doneWhen());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        place.begin(statements.title());
        if (isLeft()) {
            place.board().event(statements.title() + ": left as it is, since this run did not make it");
            return RepeatStatus.FINISHED;
        }
        try {
            if (!isUndo()) {
                factory.start().await(assignment, place);
            }
            long began = System.nanoTime();
            DdlExecutor.Result result = factory.executor()
                    .execute(table, statements, this::claim, this::closed, place.board()::waiting);
            place.board()
                    .event(
                            switch (result) {
                                case DONE -> "%s (%d ms)".formatted(
                                        statements.title(),
                                        Duration.ofNanos(System.nanoTime() - began).toMillis());
                                case FOUND_DONE -> statements.title() + ": was so already";
                            });
        } catch (Stopped e) {
            contribution.getStepExecution().setTerminateOnly();
        }
        return RepeatStatus.FINISHED;
    }
}
