package dev.neap.control;

import dev.neap.run.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a run is, as its process told others about a second ago.
 *
 * @param waitingSince since when nothing moves
 * @param readings of the signals
 * @param events the last lines, the oldest first
 * @param at when it was told, by the server's clock
 */
public record Published(
        Progress progress,
        Optional<Instant> waitingSince,
        List<SignalReading> readings,
        List<Event> events,
        Instant at) {

    public Published {
        readings = List.copyOf(readings);
        events = List.copyOf(events);
    }

    /** Something that happened, as a line. */
    public record Event(Instant at, String line) {}

    /**
     * How a signal was when it was last read.
     *
     * @param signal its name in the documents: {@code replication_lag}
     * @param pressure 1 is at its limit; empty if it could not be read
     * @param what the reading and its limit, or why there is none, as a phrase
     */
    public record SignalReading(String signal, Optional<Double> pressure, String what, Instant at) {}
}
