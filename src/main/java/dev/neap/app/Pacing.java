package dev.neap.app;

import dev.neap.change.Change;
import dev.neap.control.Dials;
import dev.neap.control.Tuned;
import dev.neap.pace.HoldLimit;
import dev.neap.pace.PaceTerms;
import dev.neap.pace.Pacer;
import dev.neap.pace.SignalSource;
import dev.neap.pace.signal.Signals;
import dev.neap.plan.Plan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pacer of the run at hand; its signals are read from the first step until this is closed. */
final class Pacing implements AutoCloseable {

    private final NeapSettings settings;
    private final Dials dials;
    private final Watching watching;
    private @Nullable Paced paced;

    /** What belongs to one change as it was read. */
    private record Paced(Change change, Signals signals, Pacer pacer) {}

    /** @param dials what is tuned goes before the change and the settings, from the next chunk on */
    Pacing(NeapSettings settings, DatabaseTarget target, Dials dials) {
        this.settings = settings;
        this.watching = new Watching(settings, target);
        this.dials = dials;
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
        Signals signals = watching.begin(change, () -> maxReplicationLag(change));
        Pacer pacer = new Pacer(signals.sources(), List.of(dials.turnstile()), () -> terms(change),
                InstantSource.system());
        signals.chunks().ifPresent(pacer::listen);
        return new Paced(change, signals, pacer);
    }

    /** Asked at each look at the standbys. */
    private Duration maxReplicationLag(Change change) {
        return dials.get()
                .maxReplicationLag()
                .or(() -> change.pace().maxReplicationLag())
                .orElse(settings.pace().maxReplicationLag());
    }

    /** Asked before each chunk. */
    private PaceTerms terms(Change change) {
        NeapSettings.Pace pace = settings.pace();
        Tuned tuned = dials.get();
        return new PaceTerms(
                tuned.chunkDuration()
                        .or(() -> change.backfill().chunkDuration())
                        .orElse(settings.chunk().duration()),
                tuned.pause().or(() -> change.backfill().pause()).orElse(settings.chunk().pause()),
                tuned.share().or(() -> change.pace().share()).orElse(pace.share()),
                new HoldLimit(pace.maxHold(), pace.onMaxHold()));
    }

    /** The signals that are read now. */
    synchronized List<SignalSource> signals() {
        return paced == null ? List.of() : paced.signals().sources();
    }

    @Override
    public synchronized void close() {
        if (paced != null) {
            paced.signals().close();
        }
    }
}
