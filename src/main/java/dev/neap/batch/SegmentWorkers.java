package dev.neap.batch;

import dev.neap.backfill.Effort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/**
 * Works on the segments of a step with a number of threads, each segment as a partition with a Spring Batch step of its
 * own: Spring Batch's stock handler would share one step among them, and with it the driver's state.
 */
final class SegmentWorkers implements PartitionHandler {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Siblings siblings;
    private final Round round;

    /** What belongs to one going-over of all segments. */
    interface Round {

        /**
         * The step of a segment.
         *
         * @param seat taken, and asked for again before each chunk
         */
        Step step(int segment, Seats.Seat seat);

        /** A segment has been gone over. */
        void finished();

        /** Whether some finished segments have to be gone over again. */
        boolean again();
    }

    SegmentWorkers(Siblings siblings, Round round) {
        this.siblings = siblings;
        this.round = round;
    }

    @Override
    public Collection<StepExecution> handle(StepExecutionSplitter splitter, StepExecution manager) throws Exception {
        List<StepExecution> all = new ArrayList<>();
        do {
            Collection<StepExecution> executions = splitter.split(manager, Effort.MOST_WORKERS);
            all.addAll(executions);
            work(manager, executions);
            if (siblings.failure().orElse(null) instanceof Exception failure) {
                throw failure;
            }
        } while (!siblings.mustEnd() && round.again());
        return all;
    }

    private void work(StepExecution manager, Collection<StepExecution> executions) throws Exception {
        AtomicInteger number = new AtomicInteger();
        // As many as there may ever be: how many of them work, and how many wait for a seat, changes on the way.
        try (ExecutorService threads = Executors.newFixedThreadPool(
                Effort.MOST_WORKERS, work -> new Thread(work, "neap-worker-" + number.incrementAndGet()))) {
            List<Future<?>> futures = new ArrayList<>();
            executions.stream()
                    .sorted(Comparator.comparingInt(Partitions::number))
                    .forEach(execution -> futures.add(threads.submit(task(execution))));
            for (Future<?> future : futures) {
                await(future);
            }
        }
        if (siblings.stop().isRaised()) {
            manager.setTerminateOnly();
        }
    }

    private Callable<Boolean> task(StepExecution execution) {
        return () -> {
            try (Seats.Seat seat = siblings.seats().seat()) {
                awaitTurn(seat);
                round.step(Partitions.number(execution), seat).execute(execution);
            }
            if (execution.getStatus().isUnsuccessful()) {
                siblings.failed(execution.getFailureExceptions()
                        .stream()
                        .findFirst()
                        .orElseGet(() -> new IllegalStateException(
                                "%s ended %s.".formatted(execution.getStepName(), execution.getStatus()))));
            }
            boolean completed = execution.getStatus() == BatchStatus.COMPLETED;
            if (completed) {
                round.finished();
            }
            return completed;
        };
    }

    /** Without a seat where all must end: the step says so by itself, before its first chunk. */
    private void awaitTurn(Seats.Seat seat) {
        while (!siblings.mustEnd() && !seat.sit()) {
            if (siblings.stop().await(LOOK_AGAIN)) {
                return;
            }
        }
    }

    private void await(Future<?> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            siblings.failed(e.getCause() == null ? e : e.getCause());
        }
    }
}
