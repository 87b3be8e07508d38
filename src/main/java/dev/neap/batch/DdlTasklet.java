package dev.neap.batch;

import dev.neap.backfill.ClaimLost;
import dev.neap.catalog.Fact;
import dev.neap.ddl.DdlExecutor;
import dev.neap.ddl.DdlFailed;
import dev.neap.ddl.Statements;
import dev.neap.metrics.DdlMeters;
import dev.neap.pace.Stopped;
import dev.neap.pace.Verdict;
import dev.neap.run.Engine.Assignment;
import dev.neap.run.LeaseStore;
import dev.neap.run.MadeSteps;
import dev.neap.sql.QualifiedName;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One DDL step, or its undoing, which may take several. */
public final class DdlTasklet implements Tasklet {

    private final Factory factory;
    private final Assignment assignment;
    private final Place place;
    private final List<Statements> all;
    private Optional<Verdict.Hold> closed = Optional.empty();

    private DdlTasklet(Factory factory, Assignment assignment, Place place, List<Statements> all) {
        this.factory = factory;
        this.assignment = assignment;
        this.place = place;
        this.all = List.copyOf(all);
    }

    /**
     * Makes tasklets that share one executor.
     *
     * @param made tells what a rollback has to take back
     * @param start keeps a step from beginning while something holds; nothing keeps a rollback
     * @param beginning tells before each try whether it may be made
     * @param meters where tries and waits are counted
     */
    public record Factory(
            DdlExecutor executor,
            MadeSteps made,
            PacedStart start,
            Beginning beginning,
            MeterRegistry meters) {
        DdlTasklet make(Assignment assignment, Place place, List<Statements> all) {
            return new DdlTasklet(this, assignment, place, all);
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
        } else if (isRecorded()) {
            MadeSteps.forget(jdbc, assignment.run().id(), place.planned().id());
        }
    }

    /** Whether nothing but the run's own notes tells what has been done, or undone. */
    private boolean isRecorded() {
        return all.getLast().doneWhen() instanceof Fact.Recorded;
    }

    /** Asked before each try. */
    private Optional<String> closed() {
        Optional<Verdict.Hold> now = factory.executor()
                .paused()
                .or(() -> factory.beginning().closed(assignment, place.planned()))
                // It may be hours since the step began.
                .or(() -> isUndo() ? Optional.empty() : factory.start().held(assignment, place));
        if (closed.isPresent() && now.isEmpty()) {
            place.board().resumed();
        }
        closed = now;
        return now.map(Verdict.Hold::reason);
    }

    private void waits(DdlMeters meters, String why) {
        if (closed.isEmpty()) {
            meters.notGranted();
        }
        place.board().waiting(closed.map(Verdict.Hold::source).orElse("ddl_lock"), why);
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
                && !factory.executor().holds(table(all.getLast()), all.getLast().doneWhen());
    }

    private QualifiedName table(Statements statements) {
        return statements.on().orElse(place.planned().ground().table().name());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        place.begin(all.getFirst().title());
        if (!isUndo() && isRecorded()
                && factory.made().contain(assignment.run().id(), place.planned().id())) {
            place.board().event(all.getFirst().title() + ": was so already");
            return RepeatStatus.FINISHED;
        }
        if (isLeft()) {
            place.board().event(all.getLast().title() + ": left as it is, since this run did not make it");
            return RepeatStatus.FINISHED;
        }
        if (all.size() > 1 && factory.executor().holds(table(all.getLast()), all.getLast().doneWhen())) {
            place.board().event(all.getLast().title() + ": was so already");
            return RepeatStatus.FINISHED;
        }
        try {
            if (!isUndo()) {
                factory.start().await(assignment, place);
            }
            all.forEach(this::execute);
        } catch (Stopped e) {
            contribution.getStepExecution().setTerminateOnly();
        }
        return RepeatStatus.FINISHED;
    }

    private void execute(Statements statements) {
        DdlMeters meters = new DdlMeters(factory.meters(), assignment.run().change().value());
        try {
            long began = System.nanoTime();
            DdlExecutor.Result result = factory.executor()
                    .execute(table(statements), statements, this::claim, this::closed, why -> waits(meters, why));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            if (result == DdlExecutor.Result.DONE) {
                meters.done(took);
            }
            place.board()
                    .event(
                            switch (result) {
                                case DONE -> "%s (%d ms)".formatted(
                                        statements.title(), took.toMillis());
                                case FOUND_DONE -> statements.title() + ": was so already";
                            });
        } catch (DdlFailed e) {
            meters.failed();
            throw e;
        }
    }
}
