package dev.neap.pace;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Decides from the latest reading of each signal. Pure but for the clock. Holds while any signal is over its limit, can't
 * be read, or was not read for longer than {@code staleAfter}: an unreadable signal never lets work run on.
 */
public final class Pacer {

    private final List<? extends SignalSource> sources;
    private final Duration pause;
    private final Duration staleAfter;
    private final InstantSource clock;

    /**
     * @param pause rest between chunks when nothing is wrong
     * @param staleAfter how old a reading may be
     */
    public Pacer(List<? extends SignalSource> sources, Duration pause, Duration staleAfter, InstantSource clock) {
        this.sources = List.copyOf(sources);
        this.pause = pause;
        this.staleAfter = staleAfter;
        this.clock = clock;
    }

    public Verdict verdict() {
        Instant now = clock.instant();
        for (SignalSource source : sources) {
            Reading reading = source.latest();
            Duration age = Duration.between(reading.at(), now);
            if (age.compareTo(staleAfter) > 0) {
                return new Verdict.Hold(
                        "%s was last read %d s ago".formatted(source.name(), age.toSeconds()));
            }
            switch (reading) {
                case Reading.Within within -> {
                }
                case Reading.Over over -> {
                    return new Verdict.Hold(over.what());
                }
                case Reading.Unreadable unreadable -> {
                    return new Verdict.Hold(source.name() + " can't be read: " + unreadable.why());
                }
            }
        }
        return new Verdict.Proceed(pause);
    }
}
