package dev.neap.pace.signal;

import dev.neap.change.signal.Unit;
import dev.neap.pace.Reading;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many transactions back row versions must be kept for someone: sessions, standbys with hot_standby_feedback, slots,
 * prepared transactions. Every role may read that.
 */
final class Horizon implements ServerSignal {

    private static final String HOLDERS = """
            SELECT 'session ' || a.pid || coalesce(' (' || nullif(a.application_name, '') || ')', '') AS who,
                   age(a.backend_xmin) AS transactions
              FROM pg_stat_activity a
             WHERE a.backend_xmin IS NOT NULL AND a.pid <> pg_backend_pid()
               AND a.application_name IS DISTINCT FROM :ours
               AND NOT EXISTS (SELECT FROM pg_stat_progress_vacuum v WHERE v.pid = a.pid)
            UNION ALL
            SELECT 'slot ' || slot_name, greatest(age(xmin), age(catalog_xmin))
              FROM pg_replication_slots
             WHERE xmin IS NOT NULL OR catalog_xmin IS NOT NULL
            UNION ALL
            SELECT 'prepared transaction ' || gid, age(transaction)
              FROM pg_prepared_xacts
            """;

    /** Who keeps row versions, and how many transactions back. */
    record Holder(String who, long transactions) {}

    private final DoubleSupplier limit;
    private final String ours;

    /**
     * @param limit transactions; asked at each look
     * @param ours application_name of the sessions that do the work
     */
    Horizon(DoubleSupplier limit, String ours) {
        this.limit = limit;
        this.ours = ours;
    }

    @Override
    public Reading read(JdbcClient server, Instant now) {
        return judge(
                server.sql(HOLDERS)
                        .param("ours", ours)
                        .query((row, i) -> new Holder(row.getString("who"), row.getLong("transactions")))
                        .list(),
                now);
    }

    Reading judge(List<Holder> holders, Instant now) {
        Holder oldest = holders.stream()
                .reduce(new Holder("", 0), (a, b) -> b.transactions() > a.transactions() ? b : a);
        String what = oldest.who().isEmpty()
                ? "nobody keeps old row versions"
                : "%s keeps row versions of %s transactions (limit %s)".formatted(
                        oldest.who(), Unit.NUMBER.words(oldest.transactions()), Unit.NUMBER.words(limit.getAsDouble()));
        return Pressure.level(now, oldest.transactions(), limit.getAsDouble(), what);
    }
}
