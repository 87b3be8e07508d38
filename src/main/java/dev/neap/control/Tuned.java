package dev.neap.control;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is tuned on the run at hand; where a value is empty, what the change file and the configuration say counts.
 *
 * @param share of the time that the pace leaves to it; over 0, to 1
 * @param limits of signals by their names, each in its unit
 */
public record Tuned(
        Optional<Duration> chunkDuration,
        Optional<Duration> pause,
        Optional<Integer> workers,
        Optional<Double> share,
        Optional<Duration> maxReplicationLag,
        Optional<Long> maxReplicationBytes,
        Map<String, Double> limits) {

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
                length(settings, PaceValue.CHUNK_DURATION),
                length(settings, PaceValue.PAUSE),
                number(settings, PaceValue.WORKERS),
                number(settings, PaceValue.SHARE).map(percent -> percent / 100.0),
                length(settings, PaceValue.MAX_REPLICATION_LAG),
                value(settings, PaceValue.MAX_REPLICATION_BYTES).flatMap(PaceValue::size),
                limits(settings));
    }

    private static Map<String, Double> limits(List<Setting> settings) {
        Map<String, Double> limits = new HashMap<>();
        for (Setting setting : settings) {
            if (setting.what() instanceof SignalLimit limit) {
                limit.unit().parse(setting.value()).ifPresent(number -> limits.put(limit.signal(), number));
            }
        }
        return limits;
    }

    private static Optional<String> value(List<Setting> settings, PaceValue what) {
        return settings.stream().filter(setting -> setting.what().equals(what)).findFirst().map(Setting::value);
    }

    private static Optional<Duration> length(List<Setting> settings, PaceValue what) {
        return value(settings, what).flatMap(Tunable::length);
    }

    private static Optional<Integer> number(List<Setting> settings, PaceValue what) {
        return value(settings, what).flatMap(what::number);
    }
}
