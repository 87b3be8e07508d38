package dev.neap.metrics;

import dev.neap.pace.Reading;
import dev.neap.pace.SignalSource;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The meters of the signals: pressure, age and readability of each, tagged with change and signal, and of replication also
 * what the primary has written and how far each standby is behind that.
 */
final class SignalMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    private final List<? extends SignalSource> signals;
    private final MultiGauge backlog;
    private final MultiGauge lag;
    private double written = Double.NaN;

    SignalMeters(
            MeterRegistry registry,
            String change,
            List<? extends SignalSource> signals,
            InstantSource clock) {
        this.registry = registry;
        this.signals = List.copyOf(signals);
        Tags tags = Tags.of("change", change);
        for (SignalSource signal : signals) {
            Tags own = tags.and("signal", signal.name());
            gauge(Gauge
                    .builder("neap.signal.pressure", signal, each -> pressure(each.latest()))
                    .description("How much of the room up to the signal's limit is taken: 1 at the limit, NaN unread"),
                    own);
            gauge(Gauge
                    .builder("neap.signal.reading", signal, each -> value(each.latest()))
                    .description("What was read, in the unit of the signal's limit; NaN where that is no number"),
                    own);
            gauge(Gauge
                    .builder("neap.signal.readable", signal, each -> isReadable(each.latest()) ? 1 : 0)
                    .description("1 if the last reading of the signal succeeded"),
                    own);
            gauge(Gauge
                    .builder("neap.signal.age", signal, age(clock))
                    .baseUnit("seconds")
                    .description("How old the last reading of the signal is"),
                    own);
        }
        meters.add(FunctionCounter.builder("neap.wal.written", this, SignalMeters::written)
                .baseUnit("bytes")
                .description("The primary's write position, by all its sessions; NaN until it was read")
                .tags(tags)
                .register(registry));
        this.backlog = MultiGauge.builder("neap.standby.backlog")
                .baseUnit("bytes")
                .description("WAL that the primary has written and the standby has not replayed")
                .tags(tags)
                .register(registry);
        this.lag = MultiGauge.builder("neap.standby.lag")
                .baseUnit("seconds")
                .description("For how long there has been WAL that the standby has not replayed")
                .tags(tags)
                .register(registry);
    }

    private <T> void gauge(Gauge.Builder<T> gauge, Tags tags) {
        meters.add(gauge.tags(tags).strongReference(true).register(registry));
    }

    private static ToDoubleFunction<SignalSource> age(InstantSource clock) {
        return signal -> seconds(Duration.between(signal.latest().at(), clock.instant()));
    }

    private static double pressure(Reading reading) {
        return switch (reading) {
            case Reading.Level level -> level.pressure();
            case Reading.Replay replay -> replay.pressure();
            case Reading.Unreadable unreadable -> Double.NaN;
        };
    }

    private static double value(Reading reading) {
        return switch (reading) {
            case Reading.Level level -> level.value().orElse(Double.NaN);
            case Reading.Replay replay -> replay.standbys()
                    .stream()
                    .flatMap(standby -> standby.lag().stream())
                    .mapToDouble(SignalMeters::seconds)
                    .max()
                    .orElse(Double.NaN);
            case Reading.Unreadable unreadable -> Double.NaN;
        };
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static boolean isReadable(Reading reading) {
        return switch (reading) {
            case Reading.Level level -> true;
            case Reading.Replay replay -> true;
            case Reading.Unreadable unreadable -> false;
        };
    }

    /** Standbys come and go: to be called before the meters are read. */
    void refresh() {
        replay().ifPresent(replay -> {
            rows(backlog, replay,
                    standby -> OptionalDouble.of((double) Math.max(0, replay.written() - standby.replayed())));
            rows(lag, replay, standby -> standby.lag()
                    .map(behind -> OptionalDouble.of(seconds(behind)))
                    .orElseGet(OptionalDouble::empty));
        });
    }

    private static void rows(
            MultiGauge gauge,
            Reading.Replay replay,
            Function<Reading.Standby, OptionalDouble> value) {
        gauge.register(
                replay.standbys()
                        .stream()
                        .filter(standby -> value.apply(standby).isPresent())
                        .map(
                                standby -> MultiGauge.Row.of(
                                        Tags.of("standby", standby.name()), value.apply(standby).getAsDouble()))
                        .toList(),
                true);
    }

    private synchronized double written() {
        replay().ifPresent(replay -> written = replay.written());
        return written;
    }

    private Optional<Reading.Replay> replay() {
        return signals.stream()
                .map(SignalSource::latest)
                .filter(Reading.Replay.class::isInstance)
                .map(Reading.Replay.class::cast)
                .findFirst();
    }

    /** Others take their place. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
        backlog.register(List.of(), true);
        lag.register(List.of(), true);
    }
}
