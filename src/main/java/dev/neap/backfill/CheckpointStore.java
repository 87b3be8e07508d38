package dev.neap.backfill;

import dev.neap.change.ChangeName;
import dev.neap.step.StepId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads and writes {@code neap.checkpoint} for one step, on the connection of the transaction at hand.
 */
public final class CheckpointStore {

    private static final String COLUMNS = "seq, pass, position, upper, visited, changed, found, chunk_rows, finished";

    private final JdbcClient jdbc;
    private final ChangeName change;
    private final StepId step;

    public CheckpointStore(JdbcClient jdbc, ChangeName change, StepId step) {
        this.jdbc = jdbc;
        this.change = change;
        this.step = step;
    }

    public Optional<Checkpoint> find() {
        return jdbc.sql("SELECT " + COLUMNS + " FROM neap.checkpoint WHERE change = ? AND step = ?")
                .params(change.value(), step.value())
                .query((row, i) -> read(row))
                .optional();
    }

    /** Stores the first checkpoint, unless there is one already. */
    public void create(Checkpoint first) {
        jdbc.sql("""
                INSERT INTO neap.checkpoint (change, step, upper, finished) VALUES (?, ?, ?, ?)
                ON CONFLICT (change, step) DO NOTHING""")
                .params(change.value(), step.value())
                .param(array(first.upper()))
                .param(first.finished())
                .update();
    }

    /**
     * Takes the checkpoint for this transaction: no other process can work on the step until it ends, and no guard
     * trigger decides meanwhile.
     *
     * @return whether it still stands where {@code expected} says and the lease is still ours
     */
    public boolean claim(Checkpoint expected, UUID lease) {
        return jdbc.sql("""
                SELECT c.seq FROM neap.checkpoint c
                 WHERE c.change = ? AND c.step = ? AND c.seq = ?
                   AND EXISTS (SELECT 1 FROM neap.lease l WHERE l.change = c.change AND l.token = ?)
                   FOR UPDATE OF c""")
                .params(change.value(), step.value(), expected.seq(), lease)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /** Writes what {@link #claim} took. */
    public void save(Checkpoint now) {
        jdbc.sql("""
                UPDATE neap.checkpoint
                   SET seq = ?, pass = ?, position = ?, upper = ?, visited = ?, changed = ?, found = ?, chunk_rows = ?,
                       finished = ?, updated_at = clock_timestamp()
                 WHERE change = ? AND step = ?""")
                .params(now.seq(), now.pass())
                .param(array(now.position()))
                .param(array(now.upper()))
                .params(now.visited(), now.changed(), now.found(), now.chunkRows(), now.finished())
                .params(change.value(), step.value())
                .update();
    }

    private static Checkpoint read(ResultSet row) throws SQLException {
        return new Checkpoint(
                row.getLong("seq"),
                row.getInt("pass"),
                list(row.getArray("position")),
                list(row.getArray("upper")),
                row.getLong("visited"),
                row.getLong("changed"),
                row.getLong("found"),
                row.getLong("chunk_rows"),
                row.getBoolean("finished"));
    }

    static Optional<List<String>> list(@Nullable Array array) throws SQLException {
        return array == null ? Optional.empty() : Optional.of(List.of((String[]) array.getArray()));
    }

    /** A parameter of type {@code text[]}. */
    static String @Nullable [] array(Optional<List<String>> values) {
        return values.map(list -> list.toArray(String[]::new)).orElse(null);
    }
}
