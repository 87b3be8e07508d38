package dev.neap.metrics;

import dev.neap.pace.PaceListener;
import dev.neap.pace.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;

/** What a pacer decides: how long a chunk should take, and how long a worker was last told to rest before one. */
final class PaceMeters implements PaceListener {

    private final Counter overdue;
    private volatile double chunk = Double.NaN;
    private volatile double rest = Double.NaN;

    PaceMeters(MeterRegistry registry, String change) {
        Tags tags = Tags.of("change", change);
        for (String name : new String[]{"neap.pace.chunk", "neap.pace.rest"}) {
            registry.find(name).tags(tags).meters().forEach(registry::remove);
        }
        Gauge.builder("neap.pace.chunk", this, pace -> pace.chunk)
                .baseUnit("seconds")
                .description("How long a chunk should take now")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        Gauge.builder("neap.pace.rest", this, pace -> pace.rest)
                .baseUnit("seconds")
                .description("How long a worker was last told to rest before a chunk; NaN while work holds")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        this.overdue = Counter.builder("neap.hold.overdue")
                .description("How often signals have held the run for longer than they may")
                .tags(tags)
                .register(registry);
    }

    @Override
    public void verdict(Verdict verdict) {
        switch (verdict) {
            case Verdict.Proceed proceed -> {
                chunk = seconds(proceed.chunk());
                rest = seconds(proceed.pause());
            }
            case Verdict.Hold hold -> rest = Double.NaN;
        }
    }

    @Override
    public void heldTooLong(Verdict.Hold hold, Duration held) {
        overdue.increment();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
