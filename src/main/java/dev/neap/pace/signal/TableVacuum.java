package dev.neap.pace.signal;

import dev.neap.pace.Reading;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether a vacuum of someone else's, autovacuum's first of all, is at work on the table. */
final class TableVacuum implements ServerSignal {

    private static final String VACUUMS = """
            SELECT CASE WHEN a.query LIKE 'autovacuum:%%(to prevent wraparound)%%' THEN 'autovacuum (to prevent wraparound)'
                        WHEN a.query LIKE 'autovacuum:%%' THEN 'autovacuum'
                        ELSE 'a vacuum' END || ' is at work (' || v.phase || ')'
              FROM pg_stat_progress_vacuum v
              JOIN %s r USING (relid)
              JOIN pg_stat_activity a ON a.pid = v.pid
             WHERE v.datname = current_database() AND a.application_name IS DISTINCT FROM :ours
            """
            .formatted(WorkedTable.RELATIONS);

    private final WorkedTable table;
    private final String ours;

    /** @param ours application_name of the sessions that do the work */
    TableVacuum(WorkedTable table, String ours) {
        this.table = table;
        this.ours = ours;
    }

    @Override
    public Reading read(JdbcClient server, Instant now) {
        if (!Sight.ofOthers(server)) {
            return Sight.hidden(now);
        }
        return judge(
                server.sql(VACUUMS)
                        .param("schema", table.schema())
                        .param("table", table.name())
                        .param("ours", ours)
                        .query((row, i) -> row.getString(1))
                        .list(),
                now);
    }

    /** @param vacuums at work, a clause each */
    Reading judge(List<String> vacuums, Instant now) {
        return vacuums.isEmpty()
                ? new Reading.Level(now, 0, "no vacuum is at work on " + table)
                : new Reading.Level(now, Pressure.TOO_MUCH, vacuums.getFirst() + " on " + table);
    }
}
