package dev.neap.batch;

import dev.neap.ddl.DdlExecutor;
import dev.neap.ddl.Statements;
import dev.neap.pace.Stopped;
import dev.neap.plan.Plan;
import dev.neap.sql.QualifiedName;
import java.time.Duration;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** One DDL step, or its undoing. */
public final class DdlTasklet implements Tasklet {

    private final DdlExecutor executor;
    private final QualifiedName table;
    private final Place place;
    private final Statements statements;

    private DdlTasklet(DdlExecutor executor, QualifiedName table, Place place, Statements statements) {
        this.executor = executor;
        this.table = table;
        this.place = place;
        this.statements = statements;
    }

    /** Makes tasklets that share one executor. */
    public record Factory(DdlExecutor executor) {
        DdlTasklet make(Plan plan, Place place, Statements statements) {
            return new DdlTasklet(executor, plan.change().table(), place, statements);
        }
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        place.begin(statements.title());
        long began = System.nanoTime();
        try {
            DdlExecutor.Result result = executor.execute(table, statements, place.board()::waiting);
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
