package dev.neap.ddl;

import dev.neap.sql.QualifiedName;
import java.time.Duration;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gets past an autovacuum, which may be at a large table for hours, and likes to come when its rows have just been changed.
 * PostgreSQL cancels it for whoever has waited for its lock for {@code deadlock_timeout} (1 s by default; ProcSleep in
 * proc.c), and lets it begin again later. A wait under a short lock_timeout never lasts that long. One for SHARE UPDATE
 * EXCLUSIVE may: nobody who reads or writes queues behind it, and once it is granted no autovacuum comes back before the
 * transaction ends. One that prevents a wraparound is not cancelled, and is waited for.
 */
final class PastAutovacuum {

    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final String AT_WORK = """
            SELECT r.name
              FROM unnest(CAST(? AS text[])) WITH ORDINALITY AS r (name, n)
             WHERE EXISTS (
                     SELECT FROM pg_locks l
                      WHERE l.locktype = 'relation' AND l.granted AND l.relation = to_regclass(r.name)
                        AND l.mode = 'ShareUpdateExclusiveLock' AND l.pid <> pg_backend_pid())
             ORDER BY r.n
            """;

    private PastAutovacuum() {}

    /**
     * On which of these relations, as far as they may be locked, one may be at work; as SQL. Whether it is one that holds
     * the lock is hidden from roles without pg_read_all_stats, and no matter: only an autovacuum is cancelled.
     */
    static List<String> on(JdbcClient jdbc, List<QualifiedName> relations) {
        try {
            return jdbc.sql(AT_WORK)
                    .param(
                            relations.stream()
                                    .filter(relation -> FirstLock.mayBeLocked(jdbc, relation))
                                    .map(QualifiedName::sql)
                                    .toArray(String[]::new))
                    .query((row, i) -> row.getString(1))
                    .list();
        } catch (DataAccessException e) {
            // The next try finds out by itself what is the matter.
            return List.of();
        }
    }

    /**
     * Keeps it out until the transaction ends.
     *
     * @param relations as {@link #on} gave them; the transaction's timeouts stay as they are if there are none
     */
    static void keepOut(JdbcClient jdbc, List<String> relations) {
        if (relations.isEmpty()) {
            return;
        }
        Timeouts before = jdbc.sql("""
                SELECT current_setting('lock_timeout') AS lock, current_setting('statement_timeout') AS statement,
                       CAST(extract(epoch FROM CAST(current_setting('deadlock_timeout') AS interval)) * 1000 AS bigint)
                         AS deadlock""")
                .query((row, i) -> new Timeouts(
                        row.getString("lock"), row.getString("statement"), row.getLong("deadlock")))
                .single();
        String wait = before.deadlockMillis() + MARGIN.toMillis() + "ms";
        set(jdbc, wait, "0");
        relations.forEach(
                relation -> jdbc.sql("LOCK TABLE ONLY %s IN SHARE UPDATE EXCLUSIVE MODE".formatted(relation)).update());
        set(jdbc, before.lock(), before.statement());
    }

    private record Timeouts(String lock, String statement, long deadlockMillis) {}

    private static void set(JdbcClient jdbc, String lockTimeout, String statementTimeout) {
        jdbc.sql("SELECT set_config('lock_timeout', ?, true), set_config('statement_timeout', ?, true)")
                .params(lockTimeout, statementTimeout)
                .query((row, i) -> row.getString(1))
                .single();
    }
}
