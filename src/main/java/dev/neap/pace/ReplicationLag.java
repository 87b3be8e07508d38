package dev.neap.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges how far streaming standbys are behind.
 *
 * <p>{@code pg_stat_replication.replay_lag} is NULL while a standby is idle, and also while its receiver hangs and bytes
 * pile up. So a standby with bytes outstanding whose replay position does not move is taken to be as far behind as it has
 * been standing still; the larger of the two counts.
 */
public final class ReplicationLag {

    /**
     * One row of {@code pg_stat_replication}.
     *
     * @param replayed the replay position as bytes since the beginning of the log; empty if this role may not see it
     * @param behind bytes between the primary's position and that; empty likewise
     * @param replayLag as the server measured it, if it did
     */
    public record Standby(String name, Optional<Long> replayed, Optional<Long> behind, Optional<Duration> replayLag) {}

    private record Still(long position, Instant since) {}

    private final Duration limit;
    private final Map<String, Still> still = new HashMap<>();

    public ReplicationLag(Duration limit) {
        this.limit = limit;
    }

    /** Judges one reading of all standbys; readings must come in the order of time. */
    public Reading judge(List<Standby> standbys, Instant now) {
        long written = 0;
        List<Reading.Standby> seen = new ArrayList<>();
        String worst = "none";
        Duration most = Duration.ZERO;
        for (Standby standby : standbys) {
            if (standby.replayed().isEmpty() || standby.behind().isEmpty()) {
                return new Reading.Unreadable(
                        now,
                        "the position of standby %s is hidden from this role (grant it pg_monitor)"
                                .formatted(standby.name()));
            }
            written = Math.max(written, standby.replayed().get() + standby.behind().get());
            seen.add(new Reading.Standby(
                    standby.name(), standby.replayed().get(), Optional.of(limit), OptionalLong.empty()));
            Duration lag = lag(standby, standby.replayed().get(), standby.behind().get(), now);
            if (lag.compareTo(most) > 0) {
                most = lag;
                worst = standby.name();
            }
        }
        still.keySet().retainAll(standbys.stream().map(Standby::name).toList());
        return new Reading.Replay(
                now,
                most.toMillis() / (double) limit.toMillis(),
                "standby %s is %.1f s behind (limit %.1f s)"
                        .formatted(worst, most.toMillis() / 1000.0, limit.toMillis() / 1000.0),
                written,
                seen);
    }

    private Duration lag(Standby standby, long position, long behind, Instant now) {
        if (behind <= 0) {
            still.put(standby.name(), new Still(position, now));
            return Duration.ZERO;
        }
        Still before = still.get(standby.name());
        if (before == null || before.position() != position) {
            still.put(standby.name(), new Still(position, now));
            return standby.replayLag().orElse(Duration.ZERO);
        }
        Duration stood = Duration.between(before.since(), now);
        Duration measured = standby.replayLag().orElse(Duration.ZERO);
        return stood.compareTo(measured) > 0 ? stood : measured;
    }
}
