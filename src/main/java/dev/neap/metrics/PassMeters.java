package dev.neap.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.time.Duration;
import java.util.Locale;

/**
 * The meters of one pass over a table: {@code neap.chunk} (a timer of committed transactions), {@code neap.rows.changed},
 * {@code neap.chunk.retries}, each tagged with change and step.
 */
public final class PassMeters {

    private final Timer chunks;
    private final Counter rows;
    private final Counter retries;

    public PassMeters(MeterRegistry registry, String change, String step) {
        Tags tags = Tags.of("change", change, "step", step);
        this.chunks = Timer.builder("neap.chunk")
                .description("Time of the transactions that changed rows and were committed")
                .tags(tags)
                .publishPercentiles(0.5, 0.99)
                .distributionStatisticExpiry(Duration.ofHours(1))
                .register(registry);
        this.rows = Counter.builder("neap.rows.changed")
                .description("Rows really changed")
                .tags(tags)
                .register(registry);
        this.retries = Counter.builder("neap.chunk.retries")
                .description("Transactions that were rolled back and done again")
                .tags(tags)
                .register(registry);
    }

    /** A chunk was committed. */
    public void committed(Duration took, long rowsChanged) {
        chunks.record(took);
        rows.increment((double) rowsChanged);
    }

    /** A chunk was rolled back and will be done again. */
    public void retried() {
        retries.increment();
    }

    /** What this process has done, for people: {@code 12 chunks of 240 ms (p99 310 ms), 1 of them tried again}. */
    public String words() {
        double median = 0;
        double worst = 0;
        for (ValueAtPercentile value : chunks.takeSnapshot().percentileValues()) {
            double millis = value.value(java.util.concurrent.TimeUnit.MILLISECONDS);
            if (value.percentile() > 0.5) {
                worst = millis;
            } else {
                median = millis;
            }
        }
        String times = "%,d chunks of %.0f ms (p99 %.0f ms)".formatted(chunks.count(), median, worst);
        return retries.count() == 0
                ? times
                : times + String.format(Locale.ROOT, ", %.0f tried again", retries.count());
    }
}
