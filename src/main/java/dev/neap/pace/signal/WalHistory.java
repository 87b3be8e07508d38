package dev.neap.pace.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * When the primary had written how much, so that a position tells an age: a standby that has replayed up to {@code r} is
 * behind by {@code now − min { t : written(t) > r }}.
 *
 * <p>That needs neither {@code replay_lag}, which is NULL on an idle standby and on a hung one alike, nor a table with
 * heartbeats, nor clocks that agree; it is too small by one sampling interval at most. Safe for several threads.
 */
final class WalHistory {

    /** Longer than the longest limit of an hour. */
    private static final Duration KEPT = Duration.ofHours(2);

    /** Who was not told for so long, which is more than the longest sampling interval, does not know where the primary is. */
    private static final Duration TRUSTED = Duration.ofSeconds(90);

    private final TreeMap<Long, Instant> writtenAt = new TreeMap<>();
    private Instant told = Instant.MIN;

    /**
     * @param written the primary's position in bytes
     * @param at not before that of the last call
     */
    synchronized void written(long written, Instant at) {
        if (!writtenAt.isEmpty() && written < writtenAt.lastKey()) {
            // After a failover the new primary may be behind what the old one had written.
            writtenAt.clear();
        }
        told = at;
        writtenAt.putIfAbsent(written, at);
        while (writtenAt.size() > 1 && writtenAt.firstEntry().getValue().isBefore(at.minus(KEPT))) {
            writtenAt.pollFirstEntry();
        }
    }

    /** The primary's last known position; empty if none was read lately. */
    synchronized OptionalLong last(Instant now) {
        return writtenAt.isEmpty() || told.isBefore(now.minus(TRUSTED))
                ? OptionalLong.empty()
                : OptionalLong.of(writtenAt.lastKey());
    }

    /** For how long there has been WAL after this position; zero if there is none. */
    synchronized Duration behind(long replayed, Instant now) {
        Map.Entry<Long, Instant> next = writtenAt.higherEntry(replayed);
        if (next == null || next.getValue().isAfter(now)) {
            return Duration.ZERO;
        }
        return Duration.between(next.getValue(), now);
    }
}
