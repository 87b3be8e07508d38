package dev.neap.change;

import dev.neap.change.signal.Watched;
import java.time.Duration;
import java.util.Optional;

/**
 * What a change file says about how fast it may go; what it leaves out comes from the configuration.
 *
 * @param maxReplicationLag work holds while any streaming standby is further behind; 100 ms to 1 h
 * @param share which part of its time each worker works; 0.01 to 1
 * @param watched what else is looked at
 */
public record PaceOptions(Optional<Duration> maxReplicationLag, Optional<Double> share, Watched watched) {

    public static PaceOptions none() {
        return new PaceOptions(Optional.empty(), Optional.empty(), Watched.nothing());
    }
}
