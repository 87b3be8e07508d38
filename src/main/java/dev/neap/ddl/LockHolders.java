package dev.neap.ddl;

import dev.neap.jdbc.SqlState;
import dev.neap.sql.QualifiedName;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Says who holds locks on a table, for the reason why a step waits. */
final class LockHolders {

    private static final String OLDEST_FIRST = """
            SELECT format('pid %s (%s, %s, %s) holds %s%s for %s s', a.pid,
                          coalesce(a.usename, a.backend_type, '?'), coalesce(nullif(a.application_name, ''), 'no application name'),
                          coalesce(a.state, 'state hidden'), l.mode,
                          CASE WHEN l.relation <> to_regclass(:table) THEN ' on ' || CAST(l.relation AS regclass) END,
                          coalesce(round(extract(epoch FROM clock_timestamp() - a.xact_start))::text, '?'))
              FROM pg_locks l JOIN pg_stat_activity a USING (pid)
             WHERE l.locktype = 'relation' AND l.granted
               AND l.relation = ANY (SELECT to_regclass(name) FROM unnest(CAST(:relations AS text[])) AS name)
               AND a.pid <> pg_backend_pid()
             ORDER BY a.xact_start NULLS LAST
             LIMIT 3
            """;

    private LockHolders() {}

    /** Whether a function said it, which knows better what it waits for. */
    private static boolean isSaid(SQLException error) {
        return error instanceof PSQLException psql
                && psql.getServerErrorMessage() != null
                && "exec_stmt_raise".equals(psql.getServerErrorMessage().getRoutine());
    }

    /** @param relations those that were to be locked, the step's own table first */
    static String describe(JdbcClient jdbc, List<QualifiedName> relations, SQLException error) {
        QualifiedName table = relations.getFirst();
        if (isSaid(error)) {
            return SqlState.message(error);
        }
        try {
            List<String> holders = jdbc.sql(OLDEST_FIRST)
                    .param("table", table.sql())
                    .param("relations", relations.stream().map(QualifiedName::sql).toArray(String[]::new))
                    .query((row, i) -> row.getString(1))
                    .list();
            return holders.isEmpty()
                    ? "the lock on " + table + " was not free in time"
                    : "the lock on " + table + " is not free: " + String.join("; ", holders);
        } catch (DataAccessException e) {
            return SqlState.message(error);
        }
    }
}
