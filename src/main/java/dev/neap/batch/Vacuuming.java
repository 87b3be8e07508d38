package dev.neap.batch;

import dev.neap.ddl.CancelOnStop;
import dev.neap.pace.Stopped;
import dev.neap.pace.Turnstile;
import dev.neap.sql.QualifiedName;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.StatementCallback;

/**
 * Vacuums the table at each quarter of the way, beside the other workers: rows that leave their page later find the last
 * room of finished pages, and dead index entries make way.
 */
final class Vacuuming {

    private static final int QUARTERS = 4;

    private final JdbcTemplate statements;
    private final Turnstile turnstile;
    private final CancelOnStop cancelling;
    private final QualifiedName table;
    private final Consumer<String> event;
    private int done;

    /**
     * @param event takes what a person would want to read later
     */
    Vacuuming(DataSource dataSource, Turnstile turnstile, QualifiedName table, Consumer<String> event) {
        this.statements = new JdbcTemplate(dataSource);
        this.turnstile = turnstile;
        this.cancelling = new CancelOnStop(turnstile.stop());
        this.table = table;
        this.event = event;
    }

    /**
     * A segment is finished.
     *
     * @param of how many
     */
    void finished(int of) {
        if (!isQuarter(of)) {
            return;
        }
        try {
            turnstile.await(reason -> {});
        } catch (Stopped e) {
            return;
        }
        try {
            vacuum();
        } finally {
            turnstile.leave();
        }
    }

    private synchronized boolean isQuarter(int of) {
        done++;
        return done < of && done * QUARTERS / of > (done - 1) * QUARTERS / of;
    }

    /** Skipped where somebody else has the lock, as autovacuum at work on the table does. */
    private void vacuum() {
        long began = System.nanoTime();
        try {
            statements.execute((StatementCallback<Boolean>) statement -> cancelling.execute(
                    statement, "VACUUM (SKIP_LOCKED, TRUNCATE false, INDEX_CLEANUP on) " + table));
            event.accept("vacuumed, on the way (%d ms)"
                    .formatted(Duration.ofNanos(System.nanoTime() - began).toMillis()));
        } catch (DataAccessException e) {
            event.accept("the vacuum on the way did not succeed: " + e.getMostSpecificCause().getMessage());
        } catch (Stopped e) {
            // The next segment sees the same flag.
        }
    }
}
