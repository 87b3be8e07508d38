package dev.neap.pace.signal;

import dev.neap.change.signal.Unit;
import dev.neap.pace.Reading;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many transactions ago a database, or a table at work, was frozen last. At autovacuum_freeze_max_age (200 million) autovacuum
 * begins to freeze by itself; at 2 billion the server takes no more writes (PostgreSQL manual, "Preventing Transaction ID
 * Wraparound Failures"). Multixacts count as transactions do.
 */
final class Wraparound implements ServerSignal {

    private static final String AGES = """
            SELECT 'database ' || datname AS what, greatest(age(datfrozenxid), mxid_age(datminmxid)) AS transactions
              FROM pg_database
            UNION ALL
            SELECT 'table ' || c.oid::regclass::text, greatest(age(c.relfrozenxid), mxid_age(c.relminmxid))
              FROM pg_class t JOIN %s r ON r.relid = t.oid
              JOIN pg_class c ON c.oid IN (t.oid, t.reltoastrelid)
             WHERE c.relfrozenxid <> '0'::xid
            """.formatted(WorkedTable.RELATIONS);

    /** What was frozen last how many transactions ago. */
    record Age(String what, long transactions) {}

    private final DoubleSupplier limit;
    private final Supplier<List<WorkedTable>> tables;

    /**
     * @param limit transactions; asked at each look
     * @param tables asked at each look
     */
    Wraparound(DoubleSupplier limit, Supplier<List<WorkedTable>> tables) {
        this.limit = limit;
        this.tables = tables;
    }

    @Override
    public Reading read(JdbcClient server, Instant now) {
        return judge(
                WorkedTable.bind(server, AGES, tables.get())
                        .query((row, i) -> new Age(row.getString("what"), row.getLong("transactions")))
                        .list(),
                now);
    }

    Reading judge(List<Age> ages, Instant now) {
        Age oldest = ages.stream()
                .reduce(new Age("nothing", 0), (a, b) -> b.transactions() > a.transactions() ? b : a);
        return Pressure.level(now, oldest.transactions(), limit.getAsDouble(),
                "%s was frozen %s transactions ago (limit %s)".formatted(
                        oldest.what(), Unit.NUMBER.words(oldest.transactions()),
                        Unit.NUMBER.words(limit.getAsDouble())));
    }
}
