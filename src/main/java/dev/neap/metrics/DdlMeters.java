package dev.neap.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * The meters of a change's changes of structure: {@code neap.ddl.tries}, tagged with what each came to, and
 * {@code neap.ddl.step}, a timer of whole steps with all their waits.
 */
public final class DdlMeters {

    private final Timer steps;
    private final Counter granted;
    private final Counter refused;
    private final Counter failed;

    public DdlMeters(MeterRegistry registry, String change) {
        this.steps = Timer.builder("neap.ddl.step")
                .description("Time of the changes of structure that were carried out, with their waits for locks")
                .tag("change", change)
                .register(registry);
        this.granted = tries(registry, change, "done");
        this.refused = tries(registry, change, "not_granted");
        this.failed = tries(registry, change, "failed");
    }

    private static Counter tries(MeterRegistry registry, String change, String result) {
        return Counter.builder("neap.ddl.tries")
                .description("Tries to change the structure, by what they came to")
                .tags("change", change, "result", result)
                .register(registry);
    }

    /** A lock was not granted in time; it is tried again later. */
    public void notGranted() {
        refused.increment();
    }

    /** The step is carried out. */
    public void done(Duration took) {
        granted.increment();
        steps.record(took);
    }

    /** The step failed for good. */
    public void failed() {
        failed.increment();
    }
}
