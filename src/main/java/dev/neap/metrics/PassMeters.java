package dev.neap.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The meters of one pass over a table, each tagged with change and step: {@code neap.chunk} (a timer of committed
 * transactions), {@code neap.rows.visited}, {@code neap.rows.changed}, {@code neap.rows.quarantined},
 * {@code neap.chunk.retries} (also tagged with the reason) and {@code neap.segments.open}.
 */
public final class PassMeters {

    /** Why a chunk is done again, by the names in the documents. */
    private static final List<String> RETRY_REASONS = List.of("row_lock", "bad_row");

    /** Around the usual chunk durations: dense where a setting lies, none where only a count matters. */
    private static final Duration[] BUCKETS = LongStream
            .of(10, 25, 50, 100, 150, 200, 250, 300, 400, 500, 750, 1_000, 2_000, 5_000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Timer chunks;
    private final Counter visited;
    private final Counter changed;
    private final Counter quarantined;
    private final Map<String, Counter> retries;
    private final Set<String> finished = ConcurrentHashMap.newKeySet();
    private volatile int segments;

    public PassMeters(MeterRegistry registry, String change, String step) {
        Tags tags = Tags.of("change", change, "step", step);
        this.chunks = Timer.builder("neap.chunk")
                .description("Time of the transactions that changed rows and were committed")
                .tags(tags)
                .publishPercentiles(0.5, 0.99)
                .serviceLevelObjectives(BUCKETS)
                .distributionStatisticExpiry(Duration.ofHours(1))
                .register(registry);
        this.visited = Counter.builder("neap.rows.visited")
                .description("Rows passed, whether changed or not")
                .tags(tags)
                .register(registry);
        this.changed = Counter.builder("neap.rows.changed")
                .description("Rows really changed")
                .tags(tags)
                .register(registry);
        this.quarantined = Counter.builder("neap.rows.quarantined")
                .description("Rows set aside because their data did not fit")
                .tags(tags)
                .register(registry);
        this.retries = RETRY_REASONS.stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                reason -> reason,
                                reason -> Counter.builder("neap.chunk.retries")
                                        .description("Transactions that were rolled back and done again")
                                        .tags(tags.and("reason", reason))
                                        .register(registry)));
        // A later pass of the same name, as after an outage, counts its own segments.
        registry.find("neap.segments.open").tags(tags).meters().forEach(registry::remove);
        Gauge.builder("neap.segments.open", this, pass -> Math.max(0, pass.segments - pass.finished.size()))
                .description("Segments of the table that are not finished")
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /** So many segments were laid out. */
    public void segments(int count) {
        segments = count;
    }

    /** A worker takes a segment up. */
    public void opened(String segment) {
        finished.remove(segment);
    }

    /** A segment is done, or was found so. */
    public void finished(String segment) {
        finished.add(segment);
    }

    /** A chunk was committed. */
    public void committed(Duration took, long rowsVisited, long rowsChanged) {
        chunks.record(took);
        visited.increment((double) rowsVisited);
        changed.increment((double) rowsChanged);
    }

    /** A row was set aside. */
    public void quarantined() {
        quarantined.increment();
    }

    /**
     * A chunk was rolled back and will be done again.
     *
     * @param reason {@code row_lock} or {@code bad_row}
     */
    public void retried(String reason) {
        Counter counter = retries.get(reason);
        if (counter == null) {
            throw new IllegalArgumentException("No chunk is done again for reason " + reason + ".");
        }
        counter.increment();
    }

    /** What this process has done, for people: {@code 12 chunks of 240 ms (p99 310 ms), 1 of them tried again}. */
    public String words() {
        double median = 0;
        double worst = 0;
        for (ValueAtPercentile value : chunks.takeSnapshot().percentileValues()) {
            double millis = value.value(TimeUnit.MILLISECONDS);
            if (value.percentile() > 0.5) {
                worst = millis;
            } else {
                median = millis;
            }
        }
        String times = "%,d chunks of %.0f ms (p99 %.0f ms)".formatted(chunks.count(), median, worst);
        double again = retries.values().stream().mapToDouble(Counter::count).sum();
        return again == 0 ? times : times + String.format(Locale.ROOT, ", %.0f tried again", again);
    }
}
