package dev.neap.app;

import dev.neap.change.Change;
import dev.neap.control.Dials;
import dev.neap.control.Tuned;
import dev.neap.pace.HoldLimit;
import dev.neap.pace.PaceTerms;
import dev.neap.pace.Pacer;
import dev.neap.pace.ReplicationLagSampler;
import dev.neap.pace.SignalSource;
import dev.neap.plan.Plan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The pacer of the run at hand; its signals are read from the first step until this is closed. */
final class Pacing implements AutoCloseable {

    private final DataSource dataSource;
    private final NeapSettings settings;
    private final Dials dials;
    private @Nullable Paced paced;

    /** What belongs to one change as it was read. */
    private record Paced(Change change, ReplicationLagSampler lag, Pacer pacer) {}

    /** @param dials what is tuned goes before the change and the settings, from the next chunk on */
    Pacing(DataSource dataSource, NeapSettings settings, Dials dials) {
        this.dataSource = dataSource;
        this.settings = settings;
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
        Duration limit = change.pace().maxReplicationLag().orElse(settings.pace().maxReplicationLag());
        Duration interval = settings.pace().sampleEvery();
        ReplicationLagSampler lag = new ReplicationLagSampler(dataSource, limit, interval, InstantSource.system());
        return new Paced(
                change, lag, new Pacer(List.of(lag), List.of(dials.turnstile()), () -> terms(change), InstantSource.system()));
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
        return paced == null ? List.of() : List.of(paced.lag());
    }

    @Override
    public synchronized void close() {
        if (paced != null) {
            paced.lag().close();
        }
    }
}
