package dev.neap.pace.signal;

import dev.neap.change.signal.SignalOptions;
import dev.neap.change.signal.Unit;
import dev.neap.pace.Reading;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many sessions of others do something just now, in all databases of the server: they share its processors. */
final class ActiveSessions implements ServerSignal {

    private static final String ACTIVE = """
            SELECT coalesce(application_name, '') AS application, count(*) AS sessions
              FROM pg_stat_activity
             WHERE state = 'active' AND backend_type = 'client backend'
               AND coalesce(application_name, '') NOT IN (:ours, :ours || ' signals') AND pid <> pg_backend_pid()
             GROUP BY 1
            """;

    private final DoubleSupplier limit;
    private final String ours;
    private final SignalOptions scope;

    /** @param ours application_name of the sessions that do the work */
    ActiveSessions(DoubleSupplier limit, String ours, SignalOptions scope) {
        this.limit = limit;
        this.ours = ours;
        this.scope = scope;
    }

    @Override
    public Reading read(JdbcClient server, Instant now) {
        if (!Sight.ofOthers(server)) {
            return Sight.hidden(now);
        }
        Map<String, Long> active = new TreeMap<>();
        server.sql(ACTIVE)
                .param("ours", ours)
                .query(row -> {
                    active.put(row.getString("application"), row.getLong("sessions"));
                });
        return judge(active, now);
    }

    /** @param active sessions by application */
    Reading judge(Map<String, Long> active, Instant now) {
        long sessions = active.entrySet()
                .stream()
                .filter(entry -> scope.counts(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return Pressure.level(now, sessions, limit.getAsDouble(),
                "%d sessions are active (limit %s)".formatted(sessions, Unit.NUMBER.words(limit.getAsDouble())));
    }
}
