package dev.neap.run;

import dev.neap.step.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where the steps of a run write how far they are; tells the watcher. The rate is a moving average over about ten
 * seconds, pauses included: it is what an ETA needs.
 */
public final class ProgressBoard {

    private static final double MEMORY_SECONDS = 10;

    private final Watcher watcher;
    private final InstantSource clock;
    private Progress now;
    private Instant lastChunk;

    public ProgressBoard(Watcher watcher, InstantSource clock) {
        this.watcher = watcher;
        this.clock = clock;
        this.lastChunk = clock.instant();
        this.now = new Progress(Phase.EXPAND, 0, 0, "", 0, 0, 0, 0, Optional.empty(), lastChunk);
    }

    /** A step begins. */
    public synchronized void begin(Phase phase, int step, int steps, String title) {
        lastChunk = clock.instant();
        publish(new Progress(phase, step, steps, title, 0, 0, 0, 0, Optional.empty(), lastChunk));
    }

    /** A pass over rows stands here, and may have stood here before this process began. */
    public synchronized void at(long visited, long total, long changed) {
        lastChunk = clock.instant();
        publish(new Progress(
                now.phase(), now.step(), now.steps(), now.title(), visited, total, changed, 0, Optional.empty(),
                now.since()));
    }

    /** A chunk has been committed, after which the pass stands here. */
    public synchronized void chunk(long visited, long changed) {
        Instant instant = clock.instant();
        double seconds = Math.max(0.001, Duration.between(lastChunk, instant).toNanos() / 1e9);
        lastChunk = instant;
        double rate = Math.max(0, visited - now.visited()) / seconds;
        double weight = now.rowsPerSecond() == 0 ? 1 : 1 - Math.exp(-seconds / MEMORY_SECONDS);
        publish(new Progress(
                now.phase(),
                now.step(),
                now.steps(),
                now.title(),
                visited,
                Math.max(now.total(), visited),
                changed,
                now.rowsPerSecond() + weight * (rate - now.rowsPerSecond()),
                Optional.empty(),
                now.since()));
    }

    /** Nothing moves, for this reason. */
    public synchronized void waiting(String reason) {
        publish(new Progress(
                now.phase(),
                now.step(),
                now.steps(),
                now.title(),
                now.visited(),
                now.total(),
                now.changed(),
                now.rowsPerSecond(),
                Optional.of(reason),
                now.since()));
    }

    /** Something that a person would want to read later. */
    public void event(String line) {
        watcher.event(line);
    }

    private void publish(Progress progress) {
        now = progress;
        watcher.progress(progress);
    }
}
