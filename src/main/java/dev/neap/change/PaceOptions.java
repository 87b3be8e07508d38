package dev.neap.change;

import java.time.Duration;
import java.util.Optional;

/**
 * What a change file says about how fast it may go; what it leaves out comes from the configuration.
 *
 * @param maxReplicationLag work holds while any streaming standby is further behind; 100 ms to 1 h
 */
public record PaceOptions(Optional<Duration> maxReplicationLag) {

    public static PaceOptions none() {
        return new PaceOptions(Optional.empty());
    }
}
