package dev.neap.pace;

import java.time.Duration;

/** Hears what a pacer decides. Called by workers between chunks: must answer at once and throw nothing. */
public interface PaceListener {

    /** Each verdict on a chunk. */
    default void verdict(Verdict verdict) {}

    /** A hold begins: from now on no chunk runs. */
    default void held(Verdict.Hold hold) {}

    /** A hold that signals brought about is longer than it may be; told once. */
    default void heldTooLong(Verdict.Hold hold, Duration held) {}

    /** The first chunk after a hold begins. */
    default void resumed(Verdict.Hold hold, Duration held) {}

    /** A chunk is over. */
    default void done(ChunkDone chunk) {}
}
