package dev.neap.pace.signal;

import dev.neap.change.signal.Unit;
import dev.neap.pace.Reading;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which share of the rows of a table at work is dead, by the server's own count: more than vacuum keeps up with makes it
 * grow. Of several tables the worst counts.
 */
final class DeadRows implements ServerSignal {

    private static final String ROWS = """
            SELECT r.worked, sum(s.n_live_tup)::bigint AS live, sum(s.n_dead_tup)::bigint AS dead
              FROM pg_stat_all_tables s JOIN %s r USING (relid)
             GROUP BY r.worked
             ORDER BY r.worked
            """.formatted(WorkedTable.RELATIONS);

    /** The rows of a table, partitions included. */
    record Rows(String table, long live, long dead) {
        /** Hundredths of them. */
        double share() {
            return live + dead == 0 ? 0 : 100.0 * dead / (live + dead);
        }
    }

    private final DoubleSupplier limit;
    private final Supplier<List<WorkedTable>> tables;

    /**
     * @param limit hundredths; asked at each look
     * @param tables asked at each look
     */
    DeadRows(DoubleSupplier limit, Supplier<List<WorkedTable>> tables) {
        this.limit = limit;
        this.tables = tables;
    }

    @Override
    public Reading read(JdbcClient server, Instant now) {
        return judge(
                WorkedTable.bind(server, ROWS, tables.get())
                        .query((row, i) -> new Rows(
                                row.getString("worked"), row.getLong("live"), row.getLong("dead")))
                        .list(),
                now);
    }

    /** @param all one for each table that is there */
    Reading judge(List<Rows> all, Instant now) {
        Rows worst = all.stream()
                .reduce(new Rows("", 0, 0), (a, b) -> a.table().isEmpty() || b.share() > a.share() ? b : a);
        return Pressure.level(now, worst.share(), limit.getAsDouble(), worst.table().isEmpty()
                ? "no table is at work"
                : "%s of the rows of %s are dead (limit %s)".formatted(
                        Unit.PERCENT.words(worst.share()), worst.table(), Unit.PERCENT.words(limit.getAsDouble())));
    }
}
