package dev.neap.backfill;

import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who keeps PostgreSQL from pruning: row versions that the oldest snapshot may still see have to stay.
 *
 * @param words who it is, for people
 * @param passes whether it ends by itself, as a transaction does; a standby's feedback is there for good
 */
public record Horizon(String words, boolean passes) {

    /**
     * The oldest transaction that has written something and is still open, in whatever database of the server.
     *
     * @return who it is, for people; empty if there is none, or none that this role may see
     */
    static Optional<String> writer(JdbcClient jdbc) {
        return jdbc
                .sql("""
                        SELECT words FROM (
                          SELECT format('session %s of user %s%s%s, in a transaction since %s', pid, usename,
                                        coalesce(' (' || nullif(application_name, '') || ')', ''),
                                        CASE WHEN datname <> current_database() THEN ' in database ' || datname END,
                                        to_char(xact_start, 'HH24:MI:SS')) AS words,
                                 age(backend_xid) AS age
                            FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()
                          UNION ALL
                          SELECT format('prepared transaction %s in database %s', gid, database), age(transaction)
                            FROM pg_prepared_xacts) AS writers
                         ORDER BY age DESC LIMIT 1""")
                .query(String.class)
                .optional();
    }

    /**
     * The oldest snapshot that is not just one of a moment. A chunk of another worker may be slow for a moment longer, and
     * is nobody that could be asked to leave.
     *
     * @return empty if there is none, or none that this role may see
     */
    public static Optional<Horizon> holder(JdbcClient jdbc) {
        try {
            return jdbc
                    .sql("""
                            SELECT words, passes FROM (
                              SELECT format('session %s of user %s%s, in a transaction since %s', pid, usename,
                                            coalesce(' (' || nullif(application_name, '') || ')', ''),
                                            to_char(xact_start, 'HH24:MI:SS')) AS words,
                                     true AS passes, age(backend_xmin) AS age
                                FROM pg_stat_activity
                               WHERE backend_xmin IS NOT NULL AND backend_type = 'client backend' AND pid <> pg_backend_pid()
                                 AND datname = current_database() AND query !~* '^\\s*vacuum'
                                 AND xact_start < clock_timestamp() - CASE
                                       WHEN application_name = current_setting('application_name') AND usename = current_user
                                       THEN interval '30 seconds' ELSE interval '2 seconds' END
                              UNION ALL
                              SELECT 'prepared transaction ' || gid, true, age(transaction)
                                FROM pg_prepared_xacts WHERE database = current_database()
                              UNION ALL
                              SELECT 'standby ' || application_name || ' by its hot_standby_feedback', false, age(backend_xmin)
                                FROM pg_stat_replication WHERE backend_xmin IS NOT NULL
                              UNION ALL
                              SELECT 'replication slot ' || slot_name, false, age(xmin)
                                FROM pg_replication_slots WHERE xmin IS NOT NULL) AS holders
                             ORDER BY age DESC LIMIT 1""")
                    .query((row, i) -> new Horizon(row.getString("words"), row.getBoolean("passes")))
                    .optional();
        } catch (DataAccessException e) {
            // Only asked for advice; whatever is wrong with the server, the next chunk will meet it.
            return Optional.empty();
        }
    }
}
