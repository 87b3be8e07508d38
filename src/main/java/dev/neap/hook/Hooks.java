package dev.neap.hook;

import dev.neap.run.Outcome;
import dev.neap.run.Progress;
import dev.neap.run.Run;
import dev.neap.run.RunObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tells hooks what becomes of runs. A run hands its events over and goes on at once; whatever a hook does or fails to do, it
 * learns nothing of it.
 */
public final class Hooks implements AutoCloseable {

    /** How long the end of the process waits for hooks. */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private static final long TICK_MILLIS = 250;

    private final List<HookQueue> queues;
    private final Duration heldAfter;
    private final InstantSource clock;
    private final NoticeJson json;
    private final List<Telling> at = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("neap-hook-ticks").unstarted(task));

    /**
     * @param times how long holds must last to be told, and calls may take
     * @param host who tells
     */
    public Hooks(List<Hook> hooks, Times times, String host, InstantSource clock) {
        this.queues = hooks.stream().map(hook -> new HookQueue(hook, times.timeout())).toList();
        this.heldAfter = times.heldAfter();
        this.clock = clock;
        this.json = new NoticeJson(host);
        ScheduledFuture<?> unused = ticks.scheduleWithFixedDelay(
                () -> at.forEach(Telling::tick), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Two durations.
     *
     * @param heldAfter how long a hold lasts before it is told; positive
     * @param timeout how long one call of a hook may take; positive
     */
    public record Times(Duration heldAfter, Duration timeout) {}

    /** For one command. */
    public RunObserver observer() {
        return new Telling();
    }

    /** A hold of the change's run lasts longer than it may. */
    public void overdue(String change) {
        at.forEach(telling -> telling.overdue(change));
    }

    private void tell(Notice notice) {
        Message message = Message.of(notice, json);
        queues.forEach(queue -> queue.offer(notice.event(), message));
    }

    /** Waits some seconds for hooks that are still at it. */
    @Override
    public void close() {
        ticks.shutdownNow();
        queues.forEach(HookQueue::end);
        long deadline = System.nanoTime() + DRAIN.toNanos();
        queues.forEach(queue -> queue.drain(Duration.ofNanos(deadline - System.nanoTime())));
    }

    /** Its lock keeps the events in their order. */
    private final class Telling implements RunObserver {

        private Optional<Occasions> occasions = Optional.empty();
        private Optional<Run> run = Optional.empty();

        private Instant now() {
            return clock.instant();
        }

        @Override
        public synchronized void begun(Run begun) {
            Occasions its = new Occasions(begun, heldAfter);
            occasions = Optional.of(its);
            run = Optional.of(begun);
            at.add(this);
            tell(its.started(now()));
        }

        @Override
        public synchronized void progress(Progress progress) {
            occasions.flatMap(its -> its.progress(progress, now())).ifPresent(Hooks.this::tell);
        }

        private synchronized void tick() {
            occasions.flatMap(its -> its.tick(now())).ifPresent(Hooks.this::tell);
        }

        private synchronized void overdue(String change) {
            if (run.filter(its -> its.change().value().equals(change)).isPresent()) {
                occasions.flatMap(its -> its.overdue(now())).ifPresent(Hooks.this::tell);
            }
        }

        @Override
        public synchronized void ended(Outcome outcome) {
            occasions.ifPresent(its -> tell(its.ended(outcome, now())));
            end();
        }

        @Override
        public synchronized void failed(RuntimeException error) {
            occasions.ifPresent(its -> tell(its.failed(error, now())));
            end();
        }

        private void end() {
            at.remove(this);
            occasions = Optional.empty();
        }
    }
}
