package dev.neap.ddl;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says, while a session builds an index, whose transaction it waits for, and how much of the table it has read
 * (PostgreSQL manual, 28.4.4, CREATE INDEX Progress Reporting).
 */
final class IndexProgress implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IndexProgress.class);

    /** Short builds say nothing. */
    private static final Duration EVERY = Duration.ofSeconds(1);

    private static final String QUERY = """
            SELECT CASE
                     WHEN p.current_locker_pid <> 0 THEN format(
                       '%s (%s of %s): pid %s (%s, %s, %s), in a transaction for %s s',
                       p.phase, p.lockers_done, p.lockers_total, p.current_locker_pid,
                       coalesce(a.usename, '?'), coalesce(nullif(a.application_name, ''), 'no application name'),
                       coalesce(a.state, 'state hidden'),
                       coalesce(round(extract(epoch FROM clock_timestamp() - a.xact_start))::text, '?'))
                     WHEN p.blocks_total > 0 THEN format(
                       '%s, %s %% of %s blocks', p.phase, p.blocks_done * 100 / p.blocks_total, p.blocks_total)
                     WHEN p.tuples_total > 0 THEN format(
                       '%s, %s %% of %s rows', p.phase, p.tuples_done * 100 / p.tuples_total, p.tuples_total)
                     ELSE p.phase END
              FROM pg_stat_progress_create_index p LEFT JOIN pg_stat_activity a ON a.pid = p.current_locker_pid
             WHERE p.pid = ?
            """;

    private final JdbcClient jdbc;
    private final int pid;
    private final String title;
    private final Consumer<String> saying;
    private final CountDownLatch ended = new CountDownLatch(1);

    private IndexProgress(JdbcClient jdbc, int pid, String title, Consumer<String> saying) {
        this.jdbc = jdbc;
        this.pid = pid;
        this.title = title;
        this.saying = saying;
    }

    /**
     * Begins, until it is closed.
     *
     * @param jdbc of connections other than that of the session
     * @param pid of the session that builds
     */
    static IndexProgress of(JdbcClient jdbc, int pid, String title, Consumer<String> saying) {
        IndexProgress progress = new IndexProgress(jdbc, pid, title, saying);
        Thread.ofVirtual().name("neap-index-progress").start(progress::watch);
        return progress;
    }

    private void watch() {
        try {
            while (!ended.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                now().ifPresent(words -> saying.accept("to " + title + ": " + words));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException e) {
            // Whoever builds meets it too, and has more to say about it.
            LOG.debug("The progress of an index can't be read.", e);
        }
    }

    private Optional<String> now() {
        return jdbc.sql(QUERY).param(pid).query(String.class).optional();
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
