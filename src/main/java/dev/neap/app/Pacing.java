package dev.neap.app;

import dev.neap.pace.Pacer;
import dev.neap.pace.ReplicationLagSampler;
import dev.neap.pace.SignalSource;
import dev.neap.plan.Plan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The signals of this process; they are read from the first pass over rows until it ends. */
final class Pacing implements AutoCloseable {

    private final DataSource dataSource;
    private final NeapSettings settings;
    private @Nullable ReplicationLagSampler lag;

    Pacing(DataSource dataSource, NeapSettings settings) {
        this.dataSource = dataSource;
        this.settings = settings;
    }

    /** A pacer for one pass. */
    synchronized Pacer of(Plan plan) {
        Duration interval = settings.pace().sampleEvery();
        if (lag == null) {
            Duration limit = plan.change().pace().maxReplicationLag().orElse(settings.pace().maxReplicationLag());
            lag = new ReplicationLagSampler(dataSource, limit, interval, InstantSource.system());
        }
        Duration pause = plan.change().backfill().pause().orElse(settings.chunk().pause());
        Duration stale = interval.multipliedBy(4).plus(Duration.ofSeconds(2));
        return new Pacer(List.of(lag), pause, stale, InstantSource.system());
    }

    /** The signals that are read now. */
    synchronized List<SignalSource> signals() {
        return lag == null ? List.of() : List.of(lag);
    }

    @Override
    public synchronized void close() {
        if (lag != null) {
            lag.close();
        }
    }
}
