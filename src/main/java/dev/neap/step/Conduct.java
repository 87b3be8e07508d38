package dev.neap.step;

/** How a DDL step has to be sent to the server. */
public enum Conduct {
    /** All statements in one transaction, under a short lock_timeout, again and again until the lock is granted. */
    TRANSACTION,
    /**
     * Outside of any transaction (CREATE or DROP INDEX CONCURRENTLY): it waits for older transactions, which blocks
     * nobody, so it may wait long.
     */
    CONCURRENT
}
