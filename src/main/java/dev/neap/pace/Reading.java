package dev.neap.pace;

import java.time.Instant;

/** A signal as it was read once. */
public sealed interface Reading {

    /** When. */
    Instant at();

    /** It leaves room. */
    record Within(Instant at) implements Reading {}

    /**
     * It is over its limit.
     *
     * @param what who is how far over which limit, as a phrase
     */
    record Over(Instant at, String what) implements Reading {}

    /**
     * It could not be read.
     *
     * @param why the error or what is missing, as a phrase
     */
    record Unreadable(Instant at, String why) implements Reading {}
}
