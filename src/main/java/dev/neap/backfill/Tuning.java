package dev.neap.backfill;

import dev.neap.session.SessionSettings;
import java.time.Duration;

/**
 * How rows are worked on.
 *
 * @param chunkDuration how long one transaction should take; positive
 * @param lockTimeout the longest wait for a row that someone else has locked; shorter than deadlock_timeout (1 s unless
 *     changed), so that in a deadlock it is the chunk that gives way and never the application
 * @param maxQuarantined how many rows may be set aside; ≥ 0
 * @param session more settings of the transactions that change rows
 */
public record Tuning(Duration chunkDuration, Duration lockTimeout, int maxQuarantined, SessionSettings session) {}
