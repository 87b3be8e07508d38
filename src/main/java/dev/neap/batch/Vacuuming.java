package dev.neap.batch;

import dev.neap.ddl.CancelOnStop;
import dev.neap.pace.SideDoor;
import dev.neap.pace.Stopped;
import dev.neap.sql.QualifiedName;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.StatementCallback;

/**
 * Vacuums the table at each quarter of the way, beside the other workers: rows that leave their page later find the last
 * room of finished pages, and dead index entries make way.
 *
 * <p>Where something is in the way just then, or the window would close too soon, nobody waits: it is done when the next
 * segment is finished.
 */
final class Vacuuming {

    private static final int QUARTERS = 4;

    /** A table far larger than its memory on slow disks: as {@code neap plan} reckons. */
    private static final double SLOW_BYTES_A_SECOND = 60e6;

    private final JdbcTemplate statements;
    private final SideDoor door;
    private final CancelOnStop cancelling;
    private final QualifiedName table;
    private final Consumer<String> event;
    private final AtomicReference<Duration> longest = new AtomicReference<>(Duration.ZERO);
    private int done;
    private boolean due;

    /**
     * @param door asked before each time
     * @param event takes what a person would want to read later
     */
    Vacuuming(
            DataSource dataSource,
            SideDoor door,
            CancelOnStop cancelling,
            QualifiedName table,
            Consumer<String> event) {
        this.statements = new JdbcTemplate(dataSource);
        this.door = door;
        this.cancelling = cancelling;
        this.table = table;
        this.event = event;
    }

    /**
     * A segment is finished.
     *
     * @param of how many
     */
    void finished(int of) {
        if (!count(of)) {
            return;
        }
        try {
            if (door.enter(takes()).isPresent()) {
                return;
            }
            try {
                if (isMine()) {
                    vacuum();
                }
            } finally {
                door.leave();
            }
        } catch (DataAccessException e) {
            event.accept("the vacuum on the way did not succeed: " + e.getMostSpecificCause().getMessage());
        } catch (Stopped e) {
            // The next segment sees the same flag.
        }
    }

    /** @return whether a vacuum is due */
    private synchronized boolean count(int of) {
        done++;
        due = done < of && (due || done * QUARTERS / of > (done - 1) * QUARTERS / of);
        return due;
    }

    private synchronized boolean isMine() {
        boolean mine = due;
        due = false;
        return mine;
    }

    /** At worst, or as long as the last one. */
    private Duration takes() {
        Double bytes = statements.queryForObject(
                """
                        SELECT pg_total_relation_size(neap_root)
                             + coalesce((SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree(neap_root)
                                          WHERE relid <> neap_root), 0)
                          FROM CAST(? AS regclass) AS neap_root""",
                Double.class,
                table.sql());
        Duration read = Duration.ofMillis(bytes == null ? 0 : Math.round(bytes / SLOW_BYTES_A_SECOND * 1_000));
        return longest.get().compareTo(read) > 0 ? longest.get() : read;
    }

    /** Skipped where somebody else has the lock, as autovacuum at work on the table does. */
    private void vacuum() {
        long began = System.nanoTime();
        statements.execute((StatementCallback<Boolean>) statement -> cancelling.execute(
                statement, "VACUUM (SKIP_LOCKED, TRUNCATE false, INDEX_CLEANUP on) " + table));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        longest.accumulateAndGet(took, (one, other) -> one.compareTo(other) > 0 ? one : other);
        event.accept("vacuumed, on the way (%d ms)".formatted(took.toMillis()));
    }
}
