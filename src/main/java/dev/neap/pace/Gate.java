package dev.neap.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Something besides the state of the database that lets work run or not: the hour, or a person. */
public interface Gate {

    /**
     * Asked before each chunk, by every worker; must answer from memory, at once.
     *
     * @param chunk how long the next chunk is expected to take: it must be over before a window closes
     * @return why the next chunk may not begin; empty if it may
     */
    Optional<Verdict.Hold> closed(Instant now, Duration chunk);
}
