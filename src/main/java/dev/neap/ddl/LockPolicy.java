package dev.neap.ddl;

import dev.neap.jdbc.Backoff;
import java.time.Duration;

/**
 * How long DDL waits.
 *
 * @param lockTimeout the longest wait for a lock that makes others queue behind it (a reader waits 1.2 s behind an ALTER
 *     that is itself only waiting); short
 * @param giveUpAfter how long a step tries again until it fails
 * @param concurrentWait the longest wait of a concurrent index build for locks and older transactions, which blocks
 *     nobody; long
 */
public record LockPolicy(Duration lockTimeout, Duration giveUpAfter, Duration concurrentWait) {

    /** What a step that touches only the catalog may take once it has its lock: a rewrite would be cut off. */
    private static final Duration CATALOG_WORK = Duration.ofSeconds(5);

    /** Between two tries the queue must drain: the longer nothing came of it, the longer the pause. */
    Backoff backoff() {
        return new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
    }

    /** statement_timeout counts waiting for the lock too. */
    Duration catalogStatementTimeout() {
        return lockTimeout.plus(CATALOG_WORK);
    }
}
