package dev.neap.batch;

import dev.neap.backfill.Effort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobInterruptedException;
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
            switch (siblings.failure().orElse(null)) {
                case Exception failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> {
                }
            }
        } while (!siblings.mustEnd() && round.again());
        return all;
    }

    private void work(StepExecution manager, Collection<StepExecution> executions) throws Exception {
        Queue<StepExecution> waiting = new ConcurrentLinkedQueue<>(executions.stream()
                .sorted(Comparator.comparingInt(Partitions::number))
                .toList());
        AtomicInteger number = new AtomicInteger();
        // As many as there may ever be: how many of them work, and how many wait for a seat, changes on the way.
        int most = Math.max(1, Math.min(Effort.MOST_WORKERS, executions.size()));
        try (ExecutorService threads = Executors.newFixedThreadPool(
                most, work -> new Thread(work, "neap-worker-" + number.incrementAndGet()))) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < most; i++) {
                futures.add(threads.submit(() -> watched(waiting)));
            }
            for (Future<?> future : futures) {
                await(future);
            }
        }
        if (siblings.stop().isRaised()) {
            manager.setTerminateOnly();
        }
    }

    /** The others are to end at once, not when this one's turn to be asked comes. */
    private boolean watched(Queue<StepExecution> waiting) throws JobInterruptedException {
        try {
            return workOn(waiting);
        } catch (RuntimeException | Error | JobInterruptedException e) {
            siblings.failed(e);
            throw e;
        }
    }

    /** Takes one segment after the other: a seat first, so that nobody waits with a segment in hand. */
    private boolean workOn(Queue<StepExecution> waiting) throws JobInterruptedException {
        while (!waiting.isEmpty()) {
            try (Seats.Seat seat = siblings.seats().seat()) {
                awaitTurn(seat, waiting);
                StepExecution execution = waiting.poll();
                if (execution != null) {
                    workOn(execution, seat);
                }
            }
        }
        return true;
    }

    private void workOn(StepExecution execution, Seats.Seat seat) throws JobInterruptedException {
        round.step(Partitions.number(execution), seat).execute(execution);
        if (execution.getStatus().isUnsuccessful()) {
            siblings.failed(execution.getFailureExceptions()
                    .stream()
                    .findFirst()
                    .orElseGet(() -> new IllegalStateException(
                            "%s ended %s.".formatted(execution.getStepName(), execution.getStatus()))));
        }
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            round.finished();
        }
    }

    /** Without a seat where all must end: the step says so by itself, before its first chunk. */
    private void awaitTurn(Seats.Seat seat, Queue<StepExecution> waiting) {
        while (!siblings.mustEnd() && !waiting.isEmpty() && !seat.sit()) {
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
