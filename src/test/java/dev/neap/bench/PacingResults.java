package dev.neap.bench;

import dev.neap.bench.Goal.Direction;
import dev.neap.bench.Goal.Unit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was seen of a run beside a slowed standby.
 *
 * @param environment in words
 * @param limit of a standby's lag, in seconds
 * @param capacity what the slowed standby replays of such WAL when nothing but its work is in its way, bytes a second
 * @param samples in the order of time, at least two of them after {@link #SETTLED} seconds
 */
record PacingResults(Map<String, String> environment, double limit, double capacity, List<PacingSample> samples) {

    /** Seconds after the start that are not judged. */
    static final double SETTLED = 10;

    PacingResults {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        samples = List.copyOf(samples);
        if (samples.stream().filter(PacingResults::isSettled).count() < 2) {
            throw new IllegalArgumentException("The run was seen for less than %.0f s.".formatted(SETTLED));
        }
    }

    private static boolean isSettled(PacingSample sample) {
        return sample.seconds() >= SETTLED;
    }

    private List<PacingSample> settled() {
        return samples.stream().filter(PacingResults::isSettled).toList();
    }

    /** Of the samples that are judged, from 0 to 1. */
    double share(Predicate<PacingSample> condition) {
        return settled().stream().filter(condition).count() / (double) settled().size();
    }

    /** In seconds, of the slowed standby. */
    double longestLag() {
        return settled().stream().mapToDouble(sample -> sample.slow().seconds()).max().orElse(0);
    }

    /** Bytes a second, by everybody, in the time that is judged. */
    double written() {
        PacingSample first = settled().getFirst();
        PacingSample last = settled().getLast();
        return (last.written() - first.written()) / (last.seconds() - first.seconds());
    }

    List<Goal> goals() {
        return List.of(
                new Goal("samples in which both standbys are within the limit", Direction.AT_LEAST, 0.99, Unit.PERCENT,
                        Optional.of(
                                share(sample -> Math.max(sample.slow().seconds(), sample.fast().seconds()) <= limit))),
                new Goal("WAL written against what the slowed standby can replay", Direction.AT_LEAST, 0.85,
                        Unit.PERCENT, Optional.of(written() / capacity)));
    }
}
