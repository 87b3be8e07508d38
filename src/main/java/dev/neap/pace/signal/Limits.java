package dev.neap.pace.signal;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Limits that may change while signals are read; asked at each look. */
@FunctionalInterface
public interface Limits {

    /** Of any standby; positive. */
    Duration maxReplicationLag();

    /** How much any standby may have to replay; positive. Empty where what is set counts, which may be no limit. */
    default OptionalLong maxReplicationBytes() {
        return OptionalLong.empty();
    }

    /**
     * In the signal's unit; empty where what is set counts.
     *
     * @param signal its name in the documents: {@code slots}, {@code sql.queue}
     */
    default OptionalDouble tuned(String signal) {
        return OptionalDouble.empty();
    }
}
