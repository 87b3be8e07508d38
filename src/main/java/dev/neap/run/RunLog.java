package dev.neap.run;

import dev.neap.catalog.SnapshotJson;
import dev.neap.change.Change;
import dev.neap.change.ChangeName;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.window.Window;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is known of runs, for those who only want to read it. Where Neap never worked there is nothing, which is no error.
 */
public final class RunLog {

    private final JdbcClient jdbc;
    private final Optional<Window> usual;

    public RunLog(DataSource database) {
        this(database, Optional.empty());
    }

    /** @param usual the window of changes that do not say so themselves */
    public RunLog(DataSource database, Optional<Window> usual) {
        this.jdbc = JdbcClient.create(database);
        this.usual = usual;
    }

    /**
     * A run's move from one state to another.
     *
     * @param from empty for the first
     * @param by who did it: user@host (process)
     */
    public record Moved(Optional<RunState> from, RunState to, Optional<String> reason, String by, Instant at) {}

    /**
     * Who works, or worked, on a change.
     *
     * @param name user@host (process)
     * @param alive whether its last sign of life is recent enough to believe in it
     */
    public record Holder(String name, boolean alive, Instant takenAt, Instant heartbeatAt) {}

    /**
     * How far a step over the rows is.
     *
     * @param chunks committed
     * @param pass from 1
     * @param visited rows passed in this pass
     * @param changed rows changed in all passes
     */
    public record StepProgress(
            String step,
            long chunks,
            int pass,
            long visited,
            long changed,
            boolean finished,
            Instant updatedAt) {}

    /**
     * A row that was set aside because its data did not fit.
     *
     * @param key the values of its key's columns, in the key's order
     */
    public record QuarantinedRow(String step, List<String> key, String sqlState, String message, Instant at) {
        public QuarantinedRow {
            key = List.copyOf(key);
        }
    }

    /** The newest first; at most {@code limit}. */
    public List<Run> runs(int limit) {
        if (!exists()) {
            return List.of();
        }
        return jdbc.sql(RunRow.SELECT + " ORDER BY id DESC LIMIT :limit")
                .param("limit", limit)
                .query((row, number) -> RunRow.run(row))
                .list();
    }

    /** The runs of one change, the newest first. */
    public List<Run> runs(ChangeName change) {
        if (!exists()) {
            return List.of();
        }
        return jdbc.sql(RunRow.SELECT + " WHERE change = :change ORDER BY id DESC")
                .param("change", change.value())
                .query((row, number) -> RunRow.run(row))
                .list();
    }

    /** The newest run of each change, the newest first. */
    public List<Run> latest() {
        if (!exists()) {
            return List.of();
        }
        return jdbc.sql(RunRow.SELECT + """
                 WHERE id IN (SELECT max(id) FROM neap.run GROUP BY change)
                 ORDER BY id DESC
                """)
                .query((row, number) -> RunRow.run(row))
                .list();
    }

    /** The newest run of a change. */
    public Optional<Run> latest(ChangeName change) {
        return runs(change).stream().findFirst();
    }

    /** The moves of a run, the oldest first. */
    public List<Moved> moves(RunId run) {
        return jdbc.sql("""
                SELECT from_state, to_state, reason, by, at
                FROM neap.transition
                WHERE run_id = :run
                ORDER BY id
                """)
                .param("run", run.value())
                .query((row, number) -> new Moved(
                        RunRow.text(row, "from_state").map(RunState::valueOf),
                        RunState.valueOf(row.getString("to_state")),
                        RunRow.text(row, "reason"),
                        row.getString("by"),
                        RunRow.instant(row, "at")))
                .list();
    }

    /** The window of a run by the file that it began with; empty if it may work at any time. */
    public Optional<RunHours> hours(Run run) {
        Change change = new ChangeReader().read("(stored definition)", run.definition()).change();
        return change.window()
                .or(() -> usual)
                .map(window -> new RunHours(
                        window,
                        WindowUse.isIgnored(run.message()),
                        PastWork.left(
                                PastWork.rows(change, SnapshotJson.read(run.snapshot())),
                                progress(run.change()),
                                moves(run.id()),
                                window)));
    }

    /**
     * Empty if nobody ever worked on the change, or gave it back. Alive is judged by the server's clock; a process on this
     * machine counts as dead as soon as it is.
     */
    public Optional<Holder> holder(ChangeName change) {
        return jdbc
                .sql("""
                        SELECT holder, host, pid, started, clock_timestamp() - heartbeat_at < ttl AS alive, taken_at, heartbeat_at
                        FROM neap.lease
                        WHERE change = :change
                        """)
                .param("change", change.value())
                .query((row, number) -> new Holder(
                        row.getString("holder"),
                        row.getBoolean("alive") && !process(row).isKnownDead(),
                        RunRow.instant(row, "taken_at"),
                        RunRow.instant(row, "heartbeat_at")))
                .optional();
    }

    /** In the order of the plan. */
    public List<StepProgress> progress(ChangeName change) {
        return jdbc.sql("""
                SELECT step, sum(seq) AS seq, max(pass) AS pass, sum(visited) AS visited, sum(changed) AS changed,
                       bool_and(finished) AS finished, max(updated_at) AS updated_at
                FROM neap.checkpoint
                WHERE change = :change
                GROUP BY step
                ORDER BY step COLLATE "C"
                """)
                .param("change", change.value())
                .query((row, number) -> new StepProgress(
                        row.getString("step"),
                        row.getLong("seq"),
                        row.getInt("pass"),
                        row.getLong("visited"),
                        row.getLong("changed"),
                        row.getBoolean("finished"),
                        RunRow.instant(row, "updated_at")))
                .list();
    }

    /** The rows set aside, the oldest first; at most {@code limit}. */
    public List<QuarantinedRow> quarantined(ChangeName change, int limit) {
        return jdbc.sql("""
                SELECT step, key, sqlstate, message, at
                FROM neap.quarantine
                WHERE change = :change
                ORDER BY at, step, key
                LIMIT :limit
                """)
                .param("change", change.value())
                .param("limit", limit)
                .query((row, number) -> new QuarantinedRow(
                        row.getString("step"),
                        strings(row.getArray("key")),
                        row.getString("sqlstate"),
                        row.getString("message"),
                        RunRow.instant(row, "at")))
                .list();
    }

    /** How many rows of the change are set aside. */
    public long quarantined(ChangeName change) {
        return jdbc.sql("SELECT count(*) FROM neap.quarantine WHERE change = :change")
                .param("change", change.value())
                .query(Long.class)
                .single();
    }

    private boolean exists() {
        return jdbc.sql("SELECT to_regclass('neap.run') IS NOT NULL")
                .query(Boolean.class)
                .single();
    }

    private static ProcessIdentity process(ResultSet row) throws SQLException {
        return new ProcessIdentity(row.getString("host"), row.getLong("pid"), row.getString("started"), "");
    }

    private static List<String> strings(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
