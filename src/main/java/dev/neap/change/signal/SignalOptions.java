package dev.neap.change.signal;

import java.util.List;
import java.util.Optional;

/**
 * What is said about one of the signals that Neap knows.
 *
 * @param enabled whether it is read at all
 * @param limit in the signal's unit; not negative
 * @param only names that count; all if empty
 * @param except names that don't
 */
public record SignalOptions(
        Optional<Boolean> enabled,
        Optional<Double> limit,
        Sampling sampling,
        List<String> only,
        List<String> except) {

    public SignalOptions {
        only = List.copyOf(only);
        except = List.copyOf(except);
    }

    public static SignalOptions usual() {
        return new SignalOptions(Optional.empty(), Optional.empty(), Sampling.usual(), List.of(), List.of());
    }

    /** What is said here, and where nothing is, what the other says. A scope is taken whole. */
    public SignalOptions over(SignalOptions other) {
        boolean scoped = !only.isEmpty() || !except.isEmpty();
        return new SignalOptions(
                enabled.or(() -> limit.map(set -> true)).or(other::enabled),
                limit.or(other::limit),
                sampling.over(other.sampling()),
                scoped ? only : other.only(),
                scoped ? except : other.except());
    }

    /** Whether who goes by this name counts. */
    public boolean counts(String name) {
        return (only.isEmpty() || only.contains(name)) && !except.contains(name);
    }

    /** The limit that holds: what is set, else the signal's own; empty if there is none. */
    public Optional<Double> limit(SignalKind kind) {
        return limit.or(kind::defaultLimit);
    }

    /** Whether the signal is to be read: by default, or because a limit was set, or because it was asked for. */
    public boolean isOn(SignalKind kind) {
        return enabled.orElse(kind.isOnByDefault() || limit.isPresent());
    }
}
