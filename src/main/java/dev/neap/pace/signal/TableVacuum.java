package dev.neap.pace.signal;

import dev.neap.pace.Reading;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether a vacuum of someone else's, autovacuum's first of all, goes over a table at work, or over what holds its long
 * values.
 */
final class TableVacuum implements ServerSignal {

    private static final String VACUUMS = """
            SELECT DISTINCT
                   CASE WHEN a.query LIKE 'autovacuum:%%(to prevent wraparound)%%' THEN 'autovacuum (to prevent wraparound)'
                        WHEN a.query LIKE 'autovacuum:%%' THEN 'autovacuum'
                        ELSE 'a vacuum' END || ' is at work (' || v.phase || ') on ' || r.worked
              FROM %s r
              JOIN pg_class c ON c.oid = r.relid
              JOIN pg_stat_progress_vacuum v ON v.relid IN (c.oid, c.reltoastrelid)
              JOIN pg_stat_activity a ON a.pid = v.pid
             WHERE v.datname = current_database() AND a.application_name IS DISTINCT FROM :ours
             ORDER BY 1
            """
            .formatted(WorkedTable.RELATIONS);

    private final Supplier<List<WorkedTable>> tables;
    private final String ours;

    /**
     * @param tables asked at each look
     * @param ours application_name of the sessions that do the work
     */
    TableVacuum(Supplier<List<WorkedTable>> tables, String ours) {
        this.tables = tables;
        this.ours = ours;
    }

    @Override
    public Reading read(JdbcClient server, Instant now) {
        if (!Sight.ofOthers(server)) {
            return Sight.hidden(now);
        }
        List<WorkedTable> looked = tables.get();
        return judge(
                looked,
                WorkedTable.bind(server, VACUUMS, looked)
                        .param("ours", ours)
                        .query((row, i) -> row.getString(1))
                        .list(),
                now);
    }

    /**
     * @param looked the tables at work
     * @param vacuums of them, a clause each
     */
    static Reading judge(List<WorkedTable> looked, List<String> vacuums, Instant now) {
        return vacuums.isEmpty()
                ? new Reading.Level(now, 0, "no vacuum is at work on " + WorkedTable.words(looked))
                : new Reading.Level(now, Pressure.TOO_MUCH, vacuums.getFirst());
    }
}
