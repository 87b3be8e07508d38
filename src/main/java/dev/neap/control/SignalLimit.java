package dev.neap.control;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.neap.change.signal.Probe;
import dev.neap.change.signal.SignalKind;
import dev.neap.change.signal.Unit;
import java.util.Optional;

/**
 * The limit of a signal, as far as it is watched.
 *
 * @param signal by its name in the documents: {@code slots}, or {@code sql.queue} for one's own
 * @param unit in which it is written
 */
public record SignalLimit(String signal, Unit unit) implements Tunable {

    private static final String SUFFIX = "_limit";

    /** That of a signal that Neap knows, or that may be one's own; empty if there is none of this name that has a limit. */
    public static Optional<SignalLimit> of(String signal) {
        return SignalKind.of(signal)
                .flatMap(SignalKind::unit)
                .or(() -> Probe.unit(signal))
                .map(unit -> new SignalLimit(signal, unit));
    }

    /** @param key as {@link #key} gives it */
    static Optional<SignalLimit> stored(String key) {
        return key.endsWith(SUFFIX) ? of(key.substring(0, key.length() - SUFFIX.length())) : Optional.empty();
    }

    /** Whether Neap knows nothing of it but what a change file or the configuration says. */
    boolean isOfProbe() {
        return SignalKind.of(signal).isEmpty();
    }

    @Override
    @JsonValue
    public String key() {
        return signal + SUFFIX;
    }

    @Override
    public String option() {
        return "--limit " + signal;
    }

    @Override
    public String check(String text) {
        String bare = text.strip();
        // A standby is always behind a little: with a limit of nothing, work would never go on.
        boolean positive = isOfProbe() && unit == Unit.DURATION;
        if (unit.parse(bare).filter(limit -> limit > 0 || !positive).isEmpty()) {
            throw new IllegalArgumentException(
                    "%s can't be \"%s\". Write %s.".formatted(option(), bare, unit.how()));
        }
        return bare;
    }
}
