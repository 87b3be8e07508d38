package dev.neap.control;

import dev.neap.run.ControlState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a run, as stored.
 *
 * @param number of the latest request, counted from 1; 0 before the first
 * @param heard the number of the latest request that the run's process has taken notice of
 * @param by who asked for the state: user@host (process)
 * @param at when
 * @param settings that are in effect, at most one for each that can be tuned
 * @param runOut whether there are others that have run out and were not yet cleared away
 */
public record Asked(
        ControlState state,
        long number,
        long heard,
        Optional<String> by,
        Optional<Instant> at,
        List<Setting> settings,
        boolean runOut) {

    /** Nobody ever asked for anything. */
    static final Asked NOTHING = new Asked(
            ControlState.FREE, 0, 0, Optional.empty(), Optional.empty(), List.of(), false);

    public Asked {
        settings = List.copyOf(settings);
    }

    /** Whether this is a state from before another, which has got lost. */
    boolean isOlderThan(Asked other) {
        return number < other.number
                && (at.isEmpty() || other.at.map(since -> !at.get().isAfter(since)).orElse(false));
    }
}
