package dev.neap.batch;

import dev.neap.backfill.ClaimLost;
import dev.neap.backfill.LastLookFailed;
import dev.neap.jdbc.SqlState;
import dev.neap.run.Engine;
import dev.neap.run.Goal;
import dev.neap.run.ProgressBoard;
import dev.neap.step.LastLookStep;
import java.util.List;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.TransactionException;

/**
 * Carries out each goal of a run as a Spring Batch job: named after the change, identified by run and goal, so that a
 * restart goes on with the same job instance where it failed.
 */
public final class BatchEngine implements Engine {

    private final JobOperator operator;
    private final JobRegistry registry;
    private final Leftovers leftovers;
    private final Jobs jobs;

    public BatchEngine(JobOperator operator, JobRegistry registry, Leftovers leftovers, Jobs jobs) {
        this.operator = operator;
        this.registry = registry;
        this.leftovers = leftovers;
        this.jobs = jobs;
    }

    @Override
    public Ended execute(Assignment assignment, ProgressBoard board) {
        if (Jobs.steps(assignment).isEmpty()) {
            return new Ended.Done();
        }
        try {
            Job job = jobs.build(assignment, board);
            JobParameters parameters = new JobParametersBuilder()
                    .addLong("run", assignment.run().id().value())
                    .addString("goal", assignment.goal().name())
                    .toJobParameters();
            leftovers.settle(job.getName(), parameters);
            registry.unregister(job.getName());
            registry.register(job);
            Ended ended = ended(operator.start(job, parameters));
            return ended instanceof Ended.Failed failed && notBegun(assignment, job, parameters)
                    ? new Ended.NotBegun(failed.cause())
                    : ended;
        } catch (JobInstanceAlreadyCompleteException e) {
            // It ended, but the process died before it could say so.
            return new Ended.Done();
        } catch (DataAccessException | TransactionException e) {
            return failed(e);
        } catch (Exception e) {
            return new Ended.Failed(e);
        }
    }

    /** Whether a contract has failed before it changed anything, so that a rollback is still possible. */
    private boolean notBegun(Assignment assignment, Job job, JobParameters parameters) {
        if (assignment.goal() != Goal.COMPLETE) {
            return false;
        }
        List<String> changing = assignment.plan()
                .afterGate()
                .stream()
                .filter(planned -> !(planned.step() instanceof LastLookStep))
                .map(planned -> planned.id().value())
                .toList();
        return !leftovers.anyCompleted(job.getName(), parameters, changing);
    }

    private static Ended ended(JobExecution execution) {
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return new Ended.Done();
        }
        List<Throwable> failures = execution.getAllFailureExceptions();
        if (execution.getStatus() == BatchStatus.STOPPED && failures.stream().allMatch(BatchEngine::isInterruption)) {
            return new Ended.Stopped();
        }
        Throwable first = failures.stream()
                .filter(failure -> !isInterruption(failure))
                .findFirst()
                .orElseGet(() -> new IllegalStateException(
                        "The job ended %s without saying why.".formatted(execution.getStatus())));
        return failed(first);
    }

    private static boolean isInterruption(Throwable failure) {
        return failure instanceof org.springframework.batch.core.job.JobInterruptedException;
    }

    private static Ended failed(Throwable cause) {
        boolean mayGoOn = SqlState.of(cause) == SqlState.OUTAGE
                || SqlState.of(cause) == SqlState.CONTENTION
                || has(cause, ClaimLost.class)
                || has(cause, OptimisticLockingFailureException.class)
                || has(cause, TransactionException.class);
        Throwable inner = withoutWrapping(cause);
        if (inner instanceof LastLookFailed) {
            return new Ended.NotBegun(inner);
        }
        return mayGoOn ? new Ended.Interrupted(cause) : new Ended.Failed(inner);
    }

    /** Spring Batch's own exceptions only say that something went wrong in a chunk. */
    private static Throwable withoutWrapping(Throwable error) {
        Throwable inner = error;
        while (inner.getCause() != null && inner.getClass().getName().startsWith("org.springframework.batch.")) {
            inner = inner.getCause();
        }
        return inner;
    }

    private static boolean has(Throwable error, Class<? extends Throwable> kind) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
