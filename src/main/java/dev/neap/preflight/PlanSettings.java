package dev.neap.preflight;

import dev.neap.ddl.LockPolicy;
import dev.neap.session.SessionSettings;
import java.time.Duration;

/**
 * What a plan says about waiting, besides what the change says.
 *
 * @param chunkDuration how long one transaction of a backfill should take
 * @param session what the transactions of a backfill set
 */
public record PlanSettings(LockPolicy locks, Duration chunkDuration, SessionSettings session) {}
