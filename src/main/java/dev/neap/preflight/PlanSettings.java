package dev.neap.preflight;

import dev.neap.ddl.LockPolicy;
import dev.neap.session.SessionSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * What a plan says about waiting, besides what the change says.
 *
 * @param chunkDuration how long one transaction of a backfill should take
 * @param session what the transactions of a backfill set
 * @param workers how many go over the table at once
 * @param strands how many visits to each page are asked for; as many as suit the rows if empty
 * @param window in which it may work; at any time if empty
 */
public record PlanSettings(
        LockPolicy locks,
        Duration chunkDuration,
        SessionSettings session,
        int workers,
        Optional<Integer> strands,
        Optional<PlanWindow> window) {

    /** At any time. */
    public PlanSettings(
            LockPolicy locks,
            Duration chunkDuration,
            SessionSettings session,
            int workers,
            Optional<Integer> strands) {
        this(locks, chunkDuration, session, workers, strands, Optional.empty());
    }
}
