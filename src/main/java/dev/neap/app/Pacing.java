package dev.neap.app;

import dev.neap.change.Change;
import dev.neap.pace.HoldLimit;
import dev.neap.pace.PaceTerms;
import dev.neap.pace.Pacer;
import dev.neap.pace.signal.Signals;
import dev.neap.plan.Plan;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pacer of the run at hand; its signals are read from the first step until this is closed. */
final class Pacing implements AutoCloseable {

    private final NeapSettings settings;
    private final Watching watching;
    private final Onlookers onlookers;
    private @Nullable Paced paced;

    /** What belongs to one change as it was read. */
    private record Paced(Change change, Signals signals, Pacer pacer) {}

    Pacing(NeapSettings settings, DatabaseTarget target, Onlookers onlookers) {
        this.settings = settings;
        this.watching = new Watching(settings, target);
        this.onlookers = onlookers;
    }

    /** The one pacer of all workers and steps of a run. */
    synchronized Pacer of(Plan plan) {
        Paced there = paced;
        if (there == null || !there.change().equals(plan.change())) {
            close();
            there = begin(plan.change());
            paced = there;
        }
        return there.pacer();
    }

    private Paced begin(Change change) {
        String name = change.name().value();
        Signals signals = watching.begin(change);
        Pacer pacer = new Pacer(signals.sources(), List.of(), () -> terms(change), InstantSource.system());
        signals.chunks().ifPresent(pacer::listen);
        onlookers.meters().watch(name, signals.sources());
        onlookers.listeners(name).forEach(pacer::listen);
        return new Paced(change, signals, pacer);
    }

    /** Asked before each chunk. */
    private PaceTerms terms(Change change) {
        NeapSettings.Pace pace = settings.pace();
        return new PaceTerms(
                change.backfill().chunkDuration().orElse(settings.chunk().duration()),
                change.backfill().pause().orElse(settings.chunk().pause()),
                change.pace().share().orElse(pace.share()),
                new HoldLimit(pace.maxHold(), pace.onMaxHold()));
    }

    @Override
    public synchronized void close() {
        if (paced != null) {
            paced.signals().close();
        }
    }
}
