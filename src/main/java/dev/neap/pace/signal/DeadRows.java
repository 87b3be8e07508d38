package dev.neap.pace.signal;

import dev.neap.change.signal.Unit;
import dev.neap.pace.Reading;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which share of the table's rows is dead, by the server's own count: more than vacuum keeps up with makes it grow. */
final class DeadRows implements ServerSignal {

    private static final String ROWS = """
            SELECT coalesce(sum(s.n_live_tup), 0)::bigint AS live, coalesce(sum(s.n_dead_tup), 0)::bigint AS dead
              FROM pg_stat_all_tables s JOIN %s r USING (relid)
            """.formatted(WorkedTable.RELATIONS);

    private final double limit;
    private final WorkedTable table;

    /** @param limit hundredths */
    DeadRows(double limit, WorkedTable table) {
        this.limit = limit;
        this.table = table;
    }

    @Override
    public Reading read(JdbcClient server, Instant now) {
        return server.sql(ROWS)
                .param("schema", table.schema())
                .param("table", table.name())
                .query((row, i) -> judge(row.getLong("live"), row.getLong("dead"), now))
                .single();
    }

    Reading judge(long live, long dead, Instant now) {
        double share = live + dead == 0 ? 0 : 100.0 * dead / (live + dead);
        return new Reading.Level(
                now,
                Pressure.of(share, limit),
                "%s of the rows of %s are dead (limit %s)".formatted(
                        Unit.PERCENT.words(share), table, Unit.PERCENT.words(limit)));
    }
}
