package dev.neap.app;

import dev.neap.change.Change;
import dev.neap.pace.Pacer;
import dev.neap.pace.signal.Signals;
import dev.neap.plan.Plan;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The signals of this process; they are read from the first pass over rows until it ends. */
final class Pacing implements AutoCloseable {

    private final NeapSettings settings;
    private final Watching watching;
    private @Nullable Watch watch;

    /** What belongs to one change as it was read. */
    private record Watch(Change change, Signals signals) {}

    Pacing(NeapSettings settings, DatabaseTarget target) {
        this.settings = settings;
        this.watching = new Watching(settings, target);
    }

    /** A pacer for one pass. */
    synchronized Pacer of(Plan plan) {
        Watch there = watch;
        if (there == null || !there.change().equals(plan.change())) {
            close();
            there = new Watch(plan.change(), watching.begin(plan.change()));
            watch = there;
        }
        Duration pause = plan.change().backfill().pause().orElse(settings.chunk().pause());
        Duration stale = Duration.ofHours(1);
        return new Pacer(there.signals().sources(), pause, stale, InstantSource.system());
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.signals().close();
        }
    }
}
