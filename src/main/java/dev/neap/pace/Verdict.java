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
     * @param reason a phrase with the signal, its reading and its limit
     */
    record Hold(String reason) implements Verdict {}
}
