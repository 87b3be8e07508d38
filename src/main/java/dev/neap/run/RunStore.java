package dev.neap.run;

import dev.neap.change.ChangeName;
import dev.neap.change.Fingerprint;
import dev.neap.jdbc.ServerEncoding;
import dev.neap.jdbc.Transactions;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.step.StepId;
import dev.neap.window.Window;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs and their transitions, in {@code neap.run} and {@code neap.transition}. */
public final class RunStore {

    private final Transactions transactions;

    public RunStore(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What a new run begins with. */
    public record Beginning(
            ChangeName change,
            String table,
            Fingerprint fingerprint,
            String definition,
            String snapshot,
            Fingerprint plan) {}

    /** The newest run of a change, whatever its state. */
    public Optional<Run> newest(ChangeName change) {
        return transactions
                .jdbc()
                .sql(RunRow.SELECT + "WHERE change = ? ORDER BY id DESC LIMIT 1")
                .param(change.value())
                .query((row, i) -> RunRow.run(row))
                .optional();
    }

    /** The newest run of each change that is neither completed nor rolled back. */
    public List<Run> unfinished() {
        return transactions
                .jdbc()
                .sql(RunRow.SELECT + "r WHERE id = (SELECT max(id) FROM neap.run WHERE change = r.change) ORDER BY id")
                .query((row, i) -> RunRow.run(row))
                .list()
                .stream()
                .filter(run -> !run.state().isFinal())
                .toList();
    }

    public Run get(RunId id) {
        return transactions.jdbc()
                .sql(RunRow.SELECT + "WHERE id = ?")
                .param(id.value())
                .query((row, i) -> RunRow.run(row))
                .single();
    }

    /**
     * Stores a new run in state RUNNING, and forgets the notes of the change's former runs.
     *
     * @param message what there is to be said of it
     */
    public Run begin(Beginning beginning, String version, Optional<String> message, String by) {
        return transactions.in(Settings.none(), jdbc -> {
            for (String table : List.of("checkpoint", "kept", "moved", "quarantine", "progress", "tuned")) {
                jdbc.sql("DELETE FROM neap." + table + " WHERE change = ?")
                        .param(beginning.change().value())
                        .update();
            }
            long id = jdbc.sql("""
                    INSERT INTO neap.run (change, table_name, fingerprint, definition, snapshot,
                                          plan_fingerprint, neap_version, message, state)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'RUNNING') RETURNING id""")
                    .params(
                            beginning.change().value(),
                            beginning.table(),
                            beginning.fingerprint().value(),
                            beginning.definition(),
                            encoding().fitJson(beginning.snapshot()),
                            beginning.plan().value(),
                            version)
                    .param(message.orElse(null))
                    .query(Long.class)
                    .single();
            jdbc.sql("UPDATE neap.control SET state = 'FREE' WHERE change = ? AND state <> 'STOPPING'")
                    .param(beginning.change().value())
                    .update();
            note(jdbc, id, Optional.empty(), RunState.RUNNING, message.orElse("begun"), by);
            return get(new RunId(id));
        });
    }

    /**
     * Moves a run on, if it still is where {@code run} says, and writes down why.
     *
     * @throws RunFailed with reason WRONG_STATE if the edge does not exist or the run has moved meanwhile
     */
    public Run move(Run run, RunState to, Optional<String> message, String by) {
        Transitions.Edge edge = Transitions.find(run.state(), to).orElseThrow(() -> wrongState(run, to));
        return transactions.in(Settings.none(), jdbc -> {
            int moved = jdbc.sql("""
                    UPDATE neap.run SET state = ?, message = ?, updated_at = clock_timestamp()
                     WHERE id = ? AND state = ?""")
                    .param(to.name())
                    .param(message.map(encoding()::fit).orElse(null))
                    .params(run.id().value(), run.state().name())
                    .update();
            if (moved != 1) {
                throw wrongState(get(run.id()), to);
            }
            note(jdbc, run.id().value(), Optional.of(run.state()), to, message.orElse(edge.reason()), by);
            return get(run.id());
        });
    }

    /** Writes down, among what people did, that somebody had work done at any hour. */
    public void ignored(Run run, Window hours, String by) {
        transactions
                .jdbc()
                .sql("INSERT INTO neap.audit (run_id, what, from_text, to_text, reason, by) VALUES (?, 'window', ?, ?, ?, ?)")
                .params(
                        run.id().value(), hours.toString(), "ignored", "until this command has ended",
                        encoding().fit(by))
                .update();
    }

    /** What each pass over the table has done in the change's newest run, in the order of the plan. */
    public List<Outcome.Pass> passes(ChangeName change) {
        return transactions
                .jdbc()
                .sql("""
                        SELECT c.step, sum(c.visited) AS visited, sum(c.changed) AS changed, max(c.pass) AS pass,
                               (SELECT count(*) FROM neap.quarantine q WHERE (q.change, q.step) = (c.change, c.step)) AS aside
                          FROM neap.checkpoint c WHERE c.change = ? GROUP BY c.change, c.step ORDER BY c.step""")
                .param(change.value())
                .query((row, i) -> new Outcome.Pass(
                        row.getString("step"),
                        row.getLong("visited"),
                        row.getLong("changed"),
                        row.getInt("pass"),
                        row.getLong("aside")))
                .list();
    }

    /** Lets passes begin anew: what they saw was so at another time. */
    public void forget(ChangeName change, List<StepId> steps) {
        transactions
                .jdbc()
                .sql("DELETE FROM neap.checkpoint WHERE change = ? AND step = ANY (?)")
                .params(change.value(), steps.stream().map(StepId::value).toArray(String[]::new))
                .update();
    }

    /** Messages say what they say with other signs where the database lacks some. */
    private ServerEncoding encoding() {
        return ServerEncoding.of(transactions.jdbc());
    }

    private static RunFailed wrongState(Run run, RunState to) {
        return new RunFailed(
                RunFailed.Reason.WRONG_STATE,
                "Change %s is %s, from which it can't become %s."
                        .formatted(run.change(), run.state(), to));
    }

    private void note(
            JdbcClient jdbc,
            long run,
            Optional<RunState> from,
            RunState to,
            String reason,
            String by) {
        jdbc.sql("INSERT INTO neap.transition (run_id, from_state, to_state, reason, by) VALUES (?, ?, ?, ?, ?)")
                .param(run)
                .param(from.map(RunState::name).orElse(null))
                .params(to.name(), encoding().fit(reason), encoding().fit(by))
                .update();
    }
}
