package dev.neap.control;

import dev.neap.change.signal.SignalKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is tuned on the run at hand; where a value is empty, what the change file and the configuration say counts.
 *
 * @param share of the time that the pace leaves to it; over 0, to 1
 * @param limits of signals, each in its unit
 */
public record Tuned(
        Optional<Duration> chunkDuration,
        Optional<Duration> pause,
        Optional<Integer> workers,
        Optional<Double> share,
        Optional<Duration> maxReplicationLag,
        Optional<Long> maxReplicationBytes,
        Map<SignalKind, Double> limits) {

    public Tuned {
        limits = Map.copyOf(limits);
    }

    /** Nothing is tuned. */
    public static final Tuned NONE = new Tuned(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Map.of());

    /** @param settings that are in effect, at most one for each that can be tuned */
    static Tuned of(List<Setting> settings) {
        return new Tuned(
                length(settings, Tunable.CHUNK_DURATION),
                length(settings, Tunable.PAUSE),
                number(settings, Tunable.WORKERS),
                number(settings, Tunable.SHARE).map(percent -> percent / 100.0),
                length(settings, Tunable.MAX_REPLICATION_LAG),
                value(settings, Tunable.MAX_REPLICATION_BYTES)
                        .flatMap(Tunable.MAX_REPLICATION_BYTES::limit)
                        .map(Double::longValue),
                limits(settings));
    }

    private static Map<SignalKind, Double> limits(List<Setting> settings) {
        Map<SignalKind, Double> limits = new EnumMap<>(SignalKind.class);
        settings.forEach(setting -> setting.what()
                .signal()
                .ifPresent(kind -> setting.what()
                        .limit(setting.value())
                        .ifPresent(limit -> limits.put(kind, limit))));
        return limits;
    }

    private static Optional<String> value(List<Setting> settings, Tunable what) {
        return settings.stream().filter(setting -> setting.what() == what).findFirst().map(Setting::value);
    }

    private static Optional<Duration> length(List<Setting> settings, Tunable what) {
        return value(settings, what).flatMap(Tunable::length);
    }

    private static Optional<Integer> number(List<Setting> settings, Tunable what) {
        return value(settings, what).flatMap(what::number);
    }
}
