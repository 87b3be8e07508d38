package dev.neap.app;

import dev.neap.pace.Pacer;
import dev.neap.pace.ReplicationLagSampler;
import dev.neap.pace.Verdict;
import dev.neap.pace.WindowGate;
import dev.neap.plan.Plan;
import dev.neap.plan.PlannedStep;
import dev.neap.preflight.estimate.RoughEstimate;
import dev.neap.run.Engine.Assignment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The signals of this process; they are read from the first pass over rows until it ends. */
final class Pacing implements AutoCloseable {

    private final DataSource dataSource;
    private final NeapSettings settings;
    private final InstantSource clock;
    private @Nullable ReplicationLagSampler lag;

    /** @param clock tells whether a window is open, and how old a reading is */
    Pacing(DataSource dataSource, NeapSettings settings, InstantSource clock) {
        this.dataSource = dataSource;
        this.settings = settings;
        this.clock = clock;
    }

    /** A pacer for one pass. */
    synchronized Pacer of(Assignment assignment) {
        Plan plan = assignment.plan();
        Duration interval = settings.pace().sampleEvery();
        if (lag == null) {
            Duration limit = plan.change().pace().maxReplicationLag().orElse(settings.pace().maxReplicationLag());
            lag = new ReplicationLagSampler(dataSource, limit, interval, clock);
        }
        Duration pause = plan.change().backfill().pause().orElse(settings.chunk().pause());
        Duration stale = interval.multipliedBy(4).plus(Duration.ofSeconds(2));
        Duration chunk = plan.change().backfill().chunkDuration().orElse(settings.chunk().duration());
        List<WindowGate> gates = assignment.window().map(WindowGate::new).stream().toList();
        return new Pacer(List.of(lag), pause, stale, clock).behind(gates, chunk);
    }

    /** Why a step that changes the structure may not begin now. */
    Optional<Verdict.Hold> closed(Assignment assignment, PlannedStep planned) {
        return assignment.window()
                .flatMap(window -> new WindowGate(window)
                        .closedToStep(clock.instant(), expected(assignment.plan(), planned)));
    }

    /** At worst: its lock is granted at the last moment, and the table is as slow to read as one may be. */
    private Duration expected(Plan plan, PlannedStep planned) {
        return settings.ddl()
                .lockTimeout()
                .plus(RoughEstimate.time(planned.step(), plan.table()).high());
    }

    @Override
    public synchronized void close() {
        if (lag != null) {
            lag.close();
        }
    }
}
