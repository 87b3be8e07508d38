package dev.neap.backfill;

/** Whether a pass can go on with its next chunk at once. What it would have to wait for is waited for in no transaction. */
public sealed interface Readiness {

    /** It can. */
    record Ready() implements Readiness {}

    /** Its rows are still being read. */
    record Preparing() implements Readiness {}

    /** Somebody else is in the way. */
    record Blocked(String reason) implements Readiness {}
}
