package dev.neap.pace.signal;

import dev.neap.change.signal.Unit;
import dev.neap.pace.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many checkpoints of the last ten minutes came early, because max_wal_size was reached (or someone typed CHECKPOINT):
 * each makes pages be logged whole again. Counted since Neap looks.
 */
final class ForcedCheckpoints implements ServerSignal {

    /** pg_stat_bgwriter was split in PostgreSQL 17. */
    private static final int SPLIT = 170_000;

    private static final String VERSION = "SELECT current_setting('server_version_num')::int";
    private static final String SINCE_17 = "SELECT num_requested FROM pg_stat_checkpointer";
    private static final String BEFORE = "SELECT checkpoints_req FROM pg_stat_bgwriter";

    private static final Duration OVER = Duration.ofMinutes(10);

    private record Seen(long requested, Instant at) {}

    private final DoubleSupplier limit;
    private final Deque<Seen> seen = new ArrayDeque<>();

    ForcedCheckpoints(DoubleSupplier limit) {
        this.limit = limit;
    }

    @Override
    public Reading read(JdbcClient server, Instant now) {
        int version = server.sql(VERSION).query(Integer.class).single();
        return judge(server.sql(version >= SPLIT ? SINCE_17 : BEFORE).query(Long.class).single(), now);
    }

    /** @param requested checkpoints of all times */
    Reading judge(long requested, Instant now) {
        if (!seen.isEmpty() && requested < seen.getLast().requested()) {
            seen.clear();
        }
        if (seen.isEmpty() || requested > seen.getLast().requested()) {
            seen.addLast(new Seen(requested, now));
        }
        // What was true ten minutes ago is told by the youngest that is older than that.
        while (seen.size() > 1) {
            Seen first = seen.removeFirst();
            if (seen.getFirst().at().isAfter(now.minus(OVER))) {
                seen.addFirst(first);
                break;
            }
        }
        long forced = requested - seen.getFirst().requested();
        return Pressure.level(now, forced, limit.getAsDouble(), "%d checkpoints came early within 10 min (limit %s)"
                .formatted(forced, Unit.NUMBER.words(limit.getAsDouble())));
    }
}
