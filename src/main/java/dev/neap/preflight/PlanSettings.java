package dev.neap.preflight;

import dev.neap.ddl.LockPolicy;
import java.time.Duration;

/**
 * What a plan says about waiting, besides what the change says.
 *
 * @param chunkDuration how long one transaction of a backfill should take
 */
public record PlanSettings(LockPolicy locks, Duration chunkDuration) {}
