package dev.neap.change.signal;

import dev.neap.change.Problem;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be watched, as one place says it: a change file, or the configuration.
 *
 * @param maxReplicationBytes how much WAL a standby may still have to replay; positive
 * @param requiredStandbys names in pg_stat_replication that must be there; empty if nothing is said
 * @param signals what is said about those that Neap knows
 * @param probes one's own, each with a key of its own
 */
public record Watched(
        Optional<Long> maxReplicationBytes,
        Optional<List<String>> requiredStandbys,
        Map<SignalKind, SignalOptions> signals,
        List<Probe> probes) {

    public Watched {
        requiredStandbys = requiredStandbys.map(List::copyOf);
        signals = signals.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(signals));
        probes = List.copyOf(probes);
        if (probes.stream().map(Probe::key).distinct().count() < probes.size()) {
            throw new IllegalArgumentException("Two probes have one name. Give each a name of its own.");
        }
    }

    public static Watched nothing() {
        return new Watched(Optional.empty(), Optional.empty(), Map.of(), List.of());
    }

    /** What is said here, and where nothing is, what the other says; a probe takes the place of one with its name. */
    public Watched over(Watched other) {
        Map<SignalKind, SignalOptions> both = new LinkedHashMap<>(other.signals());
        signals.forEach((kind, said) -> both.merge(kind, said, (theirs, ours) -> ours.over(theirs)));
        Map<String, Probe> named = new LinkedHashMap<>();
        other.probes().forEach(probe -> named.put(probe.key(), probe));
        probes.forEach(probe -> named.put(probe.key(), probe));
        return new Watched(
                maxReplicationBytes.or(other::maxReplicationBytes),
                requiredStandbys.or(other::requiredStandbys),
                both,
                List.copyOf(named.values()));
    }

    /** What can't be carried out in all that is said together. */
    public Optional<Problem> problem() {
        return Stream.of(SignalKind.values())
                .filter(kind -> of(kind).isOn(kind) && kind.unit().isPresent() && of(kind).limit(kind).isEmpty())
                .map(kind -> new Problem(
                        "pace.signals." + kind.key(),
                        "Signal %s is enabled, and it has no limit.".formatted(kind.key()),
                        "Set its limit, such as %s.".formatted(kind.unit().orElseThrow().example())))
                .findFirst();
    }

    /** What is said about this signal. */
    public SignalOptions of(SignalKind kind) {
        return signals.getOrDefault(kind, SignalOptions.usual());
    }
}
