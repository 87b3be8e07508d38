package dev.neap.pace.signal;

import dev.neap.change.signal.SignalOptions;
import dev.neap.change.signal.Unit;
import dev.neap.pace.Reading;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How old the oldest transaction of others is, prepared ones too: while it lasts, dead rows can't be removed. */
final class OldestTransaction implements ServerSignal {

    private static final String TRANSACTIONS = """
            SELECT coalesce(application_name, '') AS application, 'session ' || pid AS who,
                   extract(epoch FROM clock_timestamp() - xact_start)::double precision AS seconds
              FROM pg_stat_activity
             WHERE xact_start IS NOT NULL AND backend_type = 'client backend'
               AND coalesce(application_name, '') NOT IN (:ours, :ours || ' signals') AND pid <> pg_backend_pid()
            UNION ALL
            SELECT '', 'prepared transaction ' || gid, extract(epoch FROM clock_timestamp() - prepared)::double precision
              FROM pg_prepared_xacts
            """;

    /**
     * A transaction.
     *
     * @param application empty if it has no name
     * @param who session or prepared transaction
     */
    record Open(String application, String who, double seconds) {}

    private final DoubleSupplier limit;
    private final String ours;
    private final SignalOptions scope;

    /**
     * @param limit seconds; asked at each look
     * @param ours application_name of the sessions that do the work
     */
    OldestTransaction(DoubleSupplier limit, String ours, SignalOptions scope) {
        this.limit = limit;
        this.ours = ours;
        this.scope = scope;
    }

    @Override
    public Reading read(JdbcClient server, Instant now) {
        if (!Sight.ofOthers(server)) {
            return Sight.hidden(now);
        }
        return judge(
                server.sql(TRANSACTIONS)
                        .param("ours", ours)
                        .query((row, i) -> new Open(
                                row.getString("application"), row.getString("who"), row.getDouble("seconds")))
                        .list(),
                now);
    }

    Reading judge(List<Open> transactions, Instant now) {
        Open oldest = transactions.stream()
                .filter(open -> scope.counts(open.application()))
                .reduce(new Open("", "", 0), (a, b) -> b.seconds() > a.seconds() ? b : a);
        String what = oldest.who().isEmpty()
                ? "no transaction is open"
                : "the transaction of %s%s is %s old (limit %s)".formatted(
                        oldest.who(),
                        oldest.application().isEmpty() ? "" : " (" + oldest.application() + ")",
                        Unit.DURATION.words(oldest.seconds()),
                        Unit.DURATION.words(limit.getAsDouble()));
        return Pressure.level(now, oldest.seconds(), limit.getAsDouble(), what);
    }
}
