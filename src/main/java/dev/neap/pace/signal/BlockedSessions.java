package dev.neap.pace.signal;

import dev.neap.change.signal.SignalOptions;
import dev.neap.change.signal.Unit;
import dev.neap.pace.Reading;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many sessions of others wait for locks that Neap's own sessions hold. Those that wait are found in {@code pg_locks},
 * which every role may read, and only for them is pg_blocking_pids asked: it stops the lock manager for a moment.
 */
final class BlockedSessions implements ServerSignal {

    private static final String BLOCKED = """
            SELECT coalesce(w.application_name, '')
              FROM (SELECT DISTINCT pid FROM pg_locks WHERE NOT granted AND pid IS NOT NULL) l
              JOIN pg_stat_activity w ON w.pid = l.pid
             WHERE w.application_name IS DISTINCT FROM :ours
               AND EXISTS (SELECT FROM pg_stat_activity o
                            WHERE o.application_name = :ours AND o.datname = current_database()
                              AND o.pid = ANY (pg_blocking_pids(l.pid)))
            """;

    private final DoubleSupplier limit;
    private final String ours;
    private final SignalOptions scope;

    /** @param ours application_name of the sessions that do the work */
    BlockedSessions(DoubleSupplier limit, String ours, SignalOptions scope) {
        this.limit = limit;
        this.ours = ours;
        this.scope = scope;
    }

    @Override
    public Reading read(JdbcClient server, Instant now) {
        return judge(server.sql(BLOCKED).param("ours", ours).query((row, i) -> row.getString(1)).list(), now);
    }

    /** @param applications of the sessions that wait, one each */
    Reading judge(List<String> applications, Instant now) {
        long waiting = applications.stream().filter(scope::counts).count();
        return Pressure.level(now, waiting, limit.getAsDouble(), "%d sessions wait for locks of Neap's (limit %s)"
                .formatted(waiting, Unit.NUMBER.words(limit.getAsDouble())));
    }
}
