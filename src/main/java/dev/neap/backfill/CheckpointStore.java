package dev.neap.backfill;

import dev.neap.change.ChangeName;
import dev.neap.step.StepId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads and writes {@code neap.checkpoint} for one segment of a step, on the connection of the transaction at hand.
 */
final class CheckpointStore {

    private final JdbcClient jdbc;
    private final ChangeName change;
    private final StepId step;
    private final int segment;

    CheckpointStore(JdbcClient jdbc, ChangeName change, StepId step, int segment) {
        this.jdbc = jdbc;
        this.change = change;
        this.step = step;
        this.segment = segment;
    }

    Optional<Checkpoint> find() {
        return jdbc.sql("SELECT " + CheckpointRow.COLUMNS
                + " FROM neap.checkpoint WHERE change = ? AND step = ? AND segment = ?")
                .params(change.value(), step.value(), segment)
                .query((row, i) -> CheckpointRow.read(row))
                .optional();
    }

    /**
     * Takes the checkpoint for this transaction: no other process can work on the segment until it ends, and no guard
     * trigger decides meanwhile about its rows.
     *
     * @return whether it still stands where {@code expected} says and the lease is still ours
     */
    boolean claim(Checkpoint expected, UUID lease) {
        return jdbc.sql("""
                SELECT c.seq FROM neap.checkpoint c
                 WHERE c.change = ? AND c.step = ? AND c.segment = ? AND c.seq = ?
                   AND EXISTS (SELECT 1 FROM neap.lease l WHERE l.change = c.change AND l.token = ?)
                   FOR UPDATE OF c""")
                .params(change.value(), step.value(), segment, expected.seq(), lease)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /**
     * Writes what {@link #claim} took.
     *
     * @param table whose statistics are asked for
     * @return how many of the rows that this transaction has updated in the table stayed on their page; empty where there
     *     is no such table
     */
    OptionalLong save(Checkpoint now, String table) {
        Optional<Stretch> stretch = now.stretch();
        return jdbc
                .sql("""
                        UPDATE neap.checkpoint
                           SET seq = ?, pass = ?, upper = ?, position = ?, file = ?, ends = ?, rows = ?, modulus = ?, bounds = ?,
                               strand = ?, span = ?, within = ?, visited = ?, changed = ?, found = ?, chunk_rows = ?,
                               finished = ?, updated_at = clock_timestamp()
                         WHERE change = ? AND step = ? AND segment = ?
                         RETURNING pg_stat_get_xact_tuples_hot_updated(to_regclass(?))""")
                .params(now.seq(), now.pass())
                .param(CheckpointRow.array(now.upper()))
                .param(CheckpointRow.array(now.position()))
                .param(now.file().orElse(null))
                .param(stretch.map(CheckpointRow::ends).orElse(null))
                .param(stretch.map(CheckpointRow::rows).orElse(null))
                .param(stretch.map(s -> s.weave().modulus()).orElse(null))
                .param(stretch.map(s -> s.weave().bounds().toArray(Integer[]::new)).orElse(null))
                .param(stretch.map(Stretch::strand).orElse(null))
                .param(stretch.map(Stretch::span).orElse(null))
                .param(CheckpointRow.array(stretch.flatMap(Stretch::within)))
                .params(now.visited(), now.changed(), now.found(), now.chunkRows(), now.finished())
                .params(change.value(), step.value(), segment, table)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** All segments of a step, in order. */
    static List<Segment> segments(JdbcClient jdbc, ChangeName change, StepId step) {
        return jdbc.sql("""
                SELECT segment, unit, segment = max(segment) OVER (PARTITION BY unit) AS last, finished
                  FROM neap.checkpoint WHERE change = ? AND step = ? ORDER BY segment""")
                .params(change.value(), step.value())
                .query((row, i) -> new Segment(
                        row.getInt("segment"), row.getLong("unit"), row.getBoolean("last"), row.getBoolean("finished")))
                .list();
    }
}
