package dev.neap.batch;

import dev.neap.backfill.ClaimLost;
import dev.neap.ddl.DdlExecutor;
import dev.neap.ddl.Statements;
import dev.neap.pace.Stopped;
import dev.neap.run.Engine.Assignment;
import dev.neap.run.LeaseStore;
import dev.neap.sql.QualifiedName;
import java.time.Duration;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One DDL step, or its undoing. */
public final class DdlTasklet implements Tasklet {

    private final DdlExecutor executor;
    private final Assignment assignment;
    private final QualifiedName table;
    private final Place place;
    private final Statements statements;

    private DdlTasklet(DdlExecutor executor, Assignment assignment, Place place, Statements statements) {
        this.executor = executor;
        this.assignment = assignment;
        this.table = assignment.plan().change().table();
        this.place = place;
        this.statements = statements;
    }

    /** Makes tasklets that share one executor. */
    public record Factory(DdlExecutor executor) {
        DdlTasklet make(Assignment assignment, Place place, Statements statements) {
            return new DdlTasklet(executor, assignment, place, statements);
        }
    }

    /** A process that was frozen for long and thawed must not change the structure of what another one works on now. */
    private void stillOurs(JdbcClient jdbc) {
        if (!LeaseStore.pin(jdbc, assignment.run().change(), assignment.lease())) {
            throw new ClaimLost("Another process has taken change %s over.".formatted(assignment.run().change()));
        }
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        place.begin(statements.title());
        long began = System.nanoTime();
        try {
            DdlExecutor.Result result = executor.execute(table, statements, this::stillOurs, place.board()::waiting);
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
