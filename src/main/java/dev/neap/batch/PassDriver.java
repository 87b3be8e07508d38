package dev.neap.batch;

import dev.neap.backfill.Checkpoint;
import dev.neap.backfill.Pass;
import dev.neap.backfill.PassMood;
import dev.neap.backfill.Range;
import dev.neap.jdbc.Backoff;
import dev.neap.jdbc.SqlState;
import dev.neap.jdbc.Transactions;
import dev.neap.pace.ChunkDone;
import dev.neap.pace.StopFlag;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Drives a pass as reader and writer of a chunk-oriented step.
 *
 * <p>Waiting happens in {@link #checkInterrupted}, which Spring Batch calls between chunks, with no transaction and no
 * connection, also for rows that are being read ahead. A chunk that fails for a reason that a new transaction may mend is only marked for rollback, not thrown:
 * Spring Batch then goes on with the next, which is the same range again, or a part of it.
 */
final class PassDriver implements StepInterruptionPolicy {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Supplier<Pass> beginning;
    private final DataSource dataSource;
    private final Transactions transactions;
    private final Seats.Seat seat;
    private final Threshold threshold;
    private final StopFlag stop;
    private final Siblings siblings;
    private final Function<Checkpoint, PassReport.Part> reporting;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private final RandomGenerator random = RandomGenerator.getDefault();

    private @Nullable Pass pass;
    private PassReport.@Nullable Part part;
    private boolean rolledBack;
    private int contended;

    PassDriver(
            Supplier<Pass> beginning,
            DataSource dataSource,
            Threshold.Leave leave,
            Function<Checkpoint, PassReport.Part> reporting) {
        this.beginning = beginning;
        this.dataSource = dataSource;
        this.transactions = new Transactions(dataSource);
        this.seat = leave.seat();
        this.siblings = leave.siblings();
        this.threshold = new Threshold(leave);
        this.stop = siblings.stop();
        this.reporting = reporting;
    }

    /** Reads the checkpoint when the step really begins: a job's steps are made before the first has run. */
    StepExecutionListener beginning() {
        return new StepExecutionListener() {
            @Override
            public void beforeStep(StepExecution step) {
                Pass begun = beginning.get();
                pass = begun;
                part = reporting.apply(begun.checkpoint());
            }

            @Override
            public @Nullable ExitStatus afterStep(StepExecution step) {
                threshold.close();
                if (pass != null) {
                    pass.close();
                }
                return null;
            }
        };
    }

    private Pass pass() {
        if (pass == null) {
            throw new IllegalStateException("The step has not begun.");
        }
        return pass;
    }

    private PassReport.Part report() {
        if (part == null) {
            throw new IllegalStateException("The step has not begun.");
        }
        return part;
    }

    @Override
    public void checkInterrupted(StepExecution step) throws JobInterruptedException {
        threshold.goBack();
        if (rolledBack) {
            rolledBack = false;
            await(step, afterRollback());
        }
        while (true) {
            if (siblings.mustEnd()) {
                interrupt(step);
            }
            if (!seat.sit()) {
                report().resting();
                await(step, LOOK_AGAIN);
                continue;
            }
            if (threshold.crossed(pass(), report())) {
                return;
            }
            await(step, threshold.rest());
        }
    }

    private Duration afterRollback() {
        return switch (pass().rolledBack()) {
            case PassMood.Contended mood -> {
                report().retried("row_lock", "someone else has locked rows of the next chunk: " + mood.message());
                yield backoff.delay(contended++, random);
            }
            case PassMood.Searching mood -> {
                report().retried("bad_row", "looking for the row that does not fit: " + mood.message());
                yield Duration.ZERO;
            }
        };
    }

    private void await(StepExecution step, Duration duration) throws JobInterruptedException {
        if ((duration.isPositive() && stop.await(duration)) || siblings.mustEnd()) {
            interrupt(step);
        }
    }

    /** Without terminateOnly, Spring Batch 6.0.4 would call an interrupted step completed. */
    private static void interrupt(StepExecution step) throws JobInterruptedException {
        step.setTerminateOnly();
        throw new JobInterruptedException("Asked to stop.");
    }

    /** The next range, in the chunk's transaction; null if there is none. */
    @Nullable
    Range read() {
        TransactionSynchronizationManager.registerSynchronization(new Completion());
        try {
            transactions.readCommitted();
            pass().settings().apply(transactions.jdbc());
            return pass().next(transactions.jdbc()).orElse(null);
        } catch (DataAccessException e) {
            throw noted(e);
        }
    }

    void write(Chunk<? extends Range> chunk) {
        for (Range range : chunk) {
            if (!execute(range)) {
                rolledBack = true;
                markRollbackOnly();
            }
        }
    }

    private boolean execute(Range range) {
        try {
            return pass().execute(transactions.jdbc(), range);
        } catch (DataAccessException e) {
            throw noted(e);
        }
    }

    /** Says at once why nothing moves: Spring Batch now tries for a while to store that the step failed. */
    private DataAccessException noted(DataAccessException error) {
        if (SqlState.of(error) == SqlState.OUTAGE) {
            report().away("the server is away: "
                    + SqlState.find(error).map(SqlState::message).orElse("no connection"));
        }
        return error;
    }

    private void markRollbackOnly() {
        if (TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder) {
            holder.setRollbackOnly();
        } else {
            throw new IllegalStateException("The chunk is in no transaction.");
        }
    }

    /** Learns how the chunk's transaction ended. */
    private final class Completion implements TransactionSynchronization {

        private final long began = System.nanoTime();

        @Override
        public void afterCompletion(int status) {
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            if (status != STATUS_COMMITTED) {
                threshold.done(new ChunkDone(Instant.now(), took, 0, 0));
                return;
            }
            contended = 0;
            Checkpoint before = pass().checkpoint();
            int asideBefore = pass().setAside();
            pass().committed();
            Checkpoint now = pass().checkpoint();
            long changed = now.changed() - before.changed();
            // A new pass counts from the beginning.
            long visited = Math.max(0, now.visited() - (now.pass() > before.pass() ? 0 : before.visited()));
            threshold.done(new ChunkDone(Instant.now(), took, visited, changed));
            Optional.of(now).filter(c -> c.pass() > before.pass()).ifPresent(report()::nextPass);
            report().chunk(now, took, changed);
            if (pass().setAside() > asideBefore) {
                report().quarantined();
            }
            if (pass().hasEnded()) {
                report().finished();
            }
        }
    }
}
