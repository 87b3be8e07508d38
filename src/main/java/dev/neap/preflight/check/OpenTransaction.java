package dev.neap.preflight.check;

import dev.neap.preflight.estimate.Quantity;
import java.time.Duration;
import java.util.List;

/**
 * A session of this database with a transaction open.
 *
 * @param age since the transaction began, or since the session fell idle in it
 * @param holdsTable whether it holds any lock on the checked table
 */
record OpenTransaction(
        int pid,
        String application,
        String user,
        String state,
        String since,
        Duration age,
        boolean holdsTable) {

    /**
     * @param age an interval as PostgreSQL writes it
     * @param idle those that wait for their client, or those at work
     */
    static List<OpenTransaction> olderThan(String age, boolean idle, Target target) {
        return target.jdbc()
                .sql(
                        """
                                SELECT a.pid, a.application_name, a.usename, a.state, to_char(s.since, 'YYYY-MM-DD HH24:MI:SS TZ'),
                                       extract(epoch FROM clock_timestamp() - s.since)::bigint,
                                       EXISTS (SELECT FROM pg_locks l
                                               WHERE l.pid = a.pid AND l.relation = :oid AND l.granted
                                                 AND l.database = a.datid)
                                FROM pg_stat_activity a,
                                     LATERAL (SELECT CASE WHEN :idle THEN a.state_change ELSE a.xact_start END) s (since)
                                WHERE a.datname = current_database()
                                  AND a.pid <> pg_backend_pid()
                                  AND a.xact_start IS NOT NULL
                                  AND a.backend_type <> 'autovacuum worker'
                                  AND (a.state LIKE 'idle in transaction%') = :idle
                                  AND s.since < clock_timestamp() - CAST(:age AS interval)
                                ORDER BY s.since
                                LIMIT 20""")
                .param("oid", target.oid())
                .param("idle", idle)
                .param("age", age)
                .query((row, n) -> new OpenTransaction(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        Duration.ofSeconds(row.getLong(6)),
                        row.getBoolean(7)))
                .list();
    }

    /** {@code session 4711 (report)}. */
    String object() {
        return "session " + pid + (application.isEmpty() ? "" : " (" + application + ")");
    }

    String fact() {
        return "Its transaction, by role %s, is %s since %s (%s).".formatted(user, state, since, Quantity.time(age));
    }
}
