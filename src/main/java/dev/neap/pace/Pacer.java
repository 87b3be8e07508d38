package dev.neap.pace;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Decides from the latest reading of each signal. Pure but for the clock. Holds while any signal is over its limit, can't
 * be read, or was not read for longer than {@code staleAfter}: an unreadable signal never lets work run on.
 */
public final class Pacer {

    private final List<? extends SignalSource> sources;
    private final Duration pause;
    private final Duration staleAfter;
    private final InstantSource clock;
    private final List<? extends Gate> gates;
    private final Duration chunk;

    /**
     * @param pause rest between chunks when nothing is wrong
     * @param staleAfter how old a reading may be
     */
    public Pacer(List<? extends SignalSource> sources, Duration pause, Duration staleAfter, InstantSource clock) {
        this(sources, pause, staleAfter, clock, List.of(), Duration.ZERO);
    }

    private Pacer(
            List<? extends SignalSource> sources,
            Duration pause,
            Duration staleAfter,
            InstantSource clock,
            List<? extends Gate> gates,
            Duration chunk) {
        this.sources = List.copyOf(sources);
        this.pause = pause;
        this.staleAfter = staleAfter;
        this.clock = clock;
        this.gates = List.copyOf(gates);
        this.chunk = chunk;
    }

    /**
     * The same behind gates, which are asked first.
     *
     * @param expected how long a chunk is expected to take
     */
    public Pacer behind(List<? extends Gate> more, Duration expected) {
        return new Pacer(sources, pause, staleAfter, clock, more, expected);
    }

    public Verdict verdict() {
        Instant now = clock.instant();
        for (Gate gate : gates) {
            Optional<Verdict.Hold> hold = gate.closed(now, chunk);
            if (hold.isPresent()) {
                return hold.get();
            }
        }
        for (SignalSource source : sources) {
            Reading reading = source.latest();
            Duration age = Duration.between(reading.at(), now);
            if (age.compareTo(staleAfter) > 0) {
                return hold(source, "%s was last read %d s ago".formatted(source.words(), age.toSeconds()));
            }
            Optional<Verdict.Hold> hold = switch (reading) {
                case Reading.Level level -> over(source, level.pressure(), level.what());
                case Reading.Replay replay -> over(source, replay.pressure(), replay.what());
                case Reading.Unreadable unreadable ->
                    Optional.of(hold(source, source.words() + " can't be read: " + unreadable.why()));
            };
            if (hold.isPresent()) {
                return hold.get();
            }
        }
        return new Verdict.Proceed(pause);
    }

    private static Optional<Verdict.Hold> over(SignalSource source, double pressure, String what) {
        return pressure > 1 ? Optional.of(hold(source, what)) : Optional.empty();
    }

    private static Verdict.Hold hold(SignalSource source, String reason) {
        return new Verdict.Hold(source.name(), reason);
    }
}
