package dev.neap.pace.signal;

import dev.neap.change.signal.Unit;
import dev.neap.pace.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How much WAL everyone together writes in a second, over the last five: what disks, archive and network must take. */
final class WalRate implements ServerSignal {

    private static final String WRITTEN = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint";

    private static final Duration OVER = Duration.ofSeconds(5);

    private record Seen(long written, Instant at) {}

    private final DoubleSupplier limit;
    private final Deque<Seen> seen = new ArrayDeque<>();

    /** @param limit bytes per second; asked at each look */
    WalRate(DoubleSupplier limit) {
        this.limit = limit;
    }

    @Override
    public Reading read(JdbcClient server, Instant now) {
        return judge(server.sql(WRITTEN).query(Long.class).single(), now);
    }

    Reading judge(long written, Instant now) {
        if (!seen.isEmpty() && written < seen.getLast().written()) {
            seen.clear();
        }
        seen.addLast(new Seen(written, now));
        // The youngest that is old enough stays first.
        while (seen.size() > 2) {
            Seen first = seen.removeFirst();
            if (seen.getFirst().at().isAfter(now.minus(OVER))) {
                seen.addFirst(first);
                break;
            }
        }
        double seconds = Duration.between(seen.getFirst().at(), now).toNanos() / 1e9;
        double rate = seconds > 0 ? (written - seen.getFirst().written()) / seconds : 0;
        return Pressure.level(now, rate, limit.getAsDouble(), "%s of WAL are written (limit %s)".formatted(
                Unit.BYTES_PER_SECOND.words(rate), Unit.BYTES_PER_SECOND.words(limit.getAsDouble())));
    }
}
