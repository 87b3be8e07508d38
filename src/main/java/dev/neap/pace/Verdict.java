package dev.neap.pace;

import java.time.Duration;

/** What may happen next. */
public sealed interface Verdict {

    /**
     * The next chunk may run after a rest.
     *
     * @param pause not negative
     */
    record Proceed(Duration pause) implements Verdict {}

    /**
     * Nothing may run; ask again later.
     *
     * @param source what holds, by its name in the documents: {@code replication_lag}, {@code window}, {@code paused}
     * @param reason for people: a phrase with the reading and its limit
     */
    record Hold(String source, String reason) implements Verdict {}
}
