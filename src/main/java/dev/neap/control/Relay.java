package dev.neap.control;

import dev.neap.run.Progress;
import dev.neap.run.Run;
import dev.neap.run.Watcher;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Passes on what a run tells, and remembers the latest of it. */
final class Relay implements Watcher {

    /** So many lines are remembered. */
    static final int LINES = 8;

    private final Watcher watcher;
    private final InstantSource clock;
    private final Deque<Published.Event> events = new ArrayDeque<>();
    private Optional<Progress> latest = Optional.empty();
    private Optional<Instant> waitingSince = Optional.empty();

    Relay(Watcher watcher, InstantSource clock) {
        this.watcher = watcher;
        this.clock = clock;
    }

    /** What is remembered; empty before the first progress. */
    record Told(Progress progress, Optional<Instant> waitingSince, List<Published.Event> events) {}

    @Override
    public void begun(Run run) {
        watcher.begun(run);
    }

    @Override
    public void heartbeat(boolean held) {
        watcher.heartbeat(held);
    }

    @Override
    public void progress(Progress progress) {
        synchronized (this) {
            latest = Optional.of(progress);
            waitingSince = progress.waiting().isEmpty()
                    ? Optional.empty()
                    : waitingSince.or(() -> Optional.of(clock.instant()));
        }
        watcher.progress(progress);
    }

    @Override
    public void event(String line) {
        synchronized (this) {
            events.addLast(new Published.Event(clock.instant(), line));
            while (events.size() > LINES) {
                events.removeFirst();
            }
        }
        watcher.event(line);
    }

    synchronized Optional<Told> told() {
        return latest.map(progress -> new Told(progress, waitingSince, List.copyOf(events)));
    }
}
