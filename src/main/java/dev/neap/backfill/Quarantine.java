package dev.neap.backfill;

import dev.neap.change.ChangeName;
import dev.neap.jdbc.ServerEncoding;
import dev.neap.step.StepId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of a step that were set aside because their data did not fit. */
public final class Quarantine {

    private final JdbcClient jdbc;
    private final ChangeName change;
    private final StepId step;

    public Quarantine(JdbcClient jdbc, ChangeName change, StepId step) {
        this.jdbc = jdbc;
        this.change = change;
        this.step = step;
    }

    public int size() {
        return jdbc.sql("SELECT count(*) FROM neap.quarantine WHERE change = ? AND step = ?")
                .params(change.value(), step.value())
                .query(Integer.class)
                .single();
    }

    /**
     * Sets a row aside, unless so many are already; workers that each found a row do so one after the other, until the
     * transaction at hand ends.
     *
     * @param unit the oid of the leaf; 0 for the table as a whole
     * @return whether there was room
     */
    boolean add(long unit, List<String> key, String sqlState, String message, int most) {
        jdbc.sql("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('neap.quarantine ' || ? || ' ' || ?, 0))")
                .params(change.value(), step.value())
                .query(Integer.class)
                .single();
        if (size() >= most) {
            return false;
        }
        jdbc.sql("""
                INSERT INTO neap.quarantine (change, step, unit, key, sqlstate, message) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (change, step, unit, key) DO NOTHING""")
                .params(change.value(), step.value(), unit, key.toArray(String[]::new), sqlState)
                .param(ServerEncoding.of(jdbc).fit(message))
                .update();
        return true;
    }

    /** Forgets all rows of the step, so that they are tried again. */
    public void clear() {
        jdbc.sql("DELETE FROM neap.quarantine WHERE change = ? AND step = ?")
                .params(change.value(), step.value())
                .update();
    }

    /** The rows set aside last, as {@code key: message}. */
    List<String> newest(int limit) {
        return jdbc.sql("""
                SELECT array_to_string(key, ', ') || ': ' || message FROM neap.quarantine
                 WHERE change = ? AND step = ? ORDER BY at DESC LIMIT ?""")
                .params(change.value(), step.value(), limit)
                .query((row, i) -> row.getString(1))
                .list();
    }
}
