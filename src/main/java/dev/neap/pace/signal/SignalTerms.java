package dev.neap.pace.signal;

import dev.neap.change.signal.Probe;
import dev.neap.change.signal.SignalKind;
import dev.neap.change.signal.Watched;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What is watched while one change works.
 *
 * @param tables that are changed just now; asked at each look, since the next step may change others
 * @param ours application_name of the sessions that do the work
 * @param limits those that may change meanwhile
 * @param sampleEvery how often standbys are looked at
 * @param watched what the change file and the configuration say together
 */
public record SignalTerms(
        Supplier<List<WorkedTable>> tables,
        String ours,
        Limits limits,
        Duration sampleEvery,
        Watched watched) {

    /** The limit that holds now, in the signal's unit; 0 where it has none. */
    double limit(SignalKind kind) {
        return limits.tuned(kind.key()).orElseGet(() -> watched.of(kind).limit(kind).orElse(0.0));
    }

    /**
     * The limit of one's own signal that holds now, in its unit.
     *
     * @param set what is said where it is not tuned
     */
    double limit(Probe probe, double set) {
        return limits.tuned(probe.key()).orElse(set);
    }

    /** How far a replica that is asked itself may be behind now. */
    Duration maxLag(Probe.Replica replica) {
        OptionalDouble tuned = limits.tuned(replica.key());
        return (tuned.isPresent() ? Optional.of(tuned.getAsDouble()) : replica.limit())
                .map(seconds -> Duration.ofMillis(Math.round(seconds * 1000)))
                .orElseGet(limits::maxReplicationLag);
    }

    /** How much a standby may have to replay now; empty for no limit. */
    OptionalLong maxReplicationBytes() {
        OptionalLong tuned = limits.maxReplicationBytes();
        return tuned.isPresent()
                ? tuned
                : watched.maxReplicationBytes().map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
