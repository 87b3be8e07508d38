package dev.neap.metrics;

import dev.neap.pace.Stopped;
import dev.neap.run.Outcome;
import dev.neap.run.Progress;
import dev.neap.run.Run;
import dev.neap.run.RunFailed;
import dev.neap.run.RunObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Measures runs: where they stand, what they wait for, whether their lease lives. One for the process. */
public final class RunMeters {

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<String, RunGauges> changes = new ConcurrentHashMap<>();

    public RunMeters(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** For one command. */
    public RunObserver observer() {
        return new Observer();
    }

    private final class Observer implements RunObserver {

        private volatile @Nullable RunGauges gauges;

        @Override
        public void begun(Run run) {
            RunGauges begun = changes.computeIfAbsent(
                    run.change().value(), change -> new RunGauges(registry, change, clock));
            begun.begun(run.state());
            gauges = begun;
        }

        @Override
        public void progress(Progress progress) {
            if (gauges != null) {
                gauges.progress(progress);
            }
        }

        @Override
        public void heartbeat(boolean held) {
            if (gauges != null) {
                gauges.heartbeat(held);
            }
        }

        @Override
        public void ended(Outcome outcome) {
            if (gauges != null) {
                gauges.ended(Optional.of(outcome.state()), false);
            }
        }

        @Override
        public void failed(RuntimeException error) {
            if (gauges != null) {
                if (error instanceof RunFailed failed && failed.reason() == RunFailed.Reason.BUSY) {
                    gauges.heartbeat(false);
                }
                gauges.ended(
                        error instanceof RunFailed failed ? failed.state() : Optional.empty(),
                        !(error instanceof Stopped));
            }
        }
    }
}
