package dev.neap.pace.signal;

import dev.neap.change.signal.SignalKind;
import java.time.Duration;
import java.util.OptionalDouble;

/** Limits that may change while signals are read; asked at each look. */
@FunctionalInterface
public interface Limits {

    /** Of any standby; positive. */
    Duration maxReplicationLag();

    /** In the signal's unit; empty where what is set counts. */
    default OptionalDouble tuned(SignalKind kind) {
        return OptionalDouble.empty();
    }
}
