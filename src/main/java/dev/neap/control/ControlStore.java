package dev.neap.control;

import dev.neap.change.ChangeName;
import dev.neap.jdbc.Transactions;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.run.ControlState;
import dev.neap.run.RunFailed;
import dev.neap.run.Transitions;
import dev.neap.run.Transitions.ControlEdge;
import dev.neap.run.Transitions.Party;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is asked of runs, and what came of it, in {@code neap.control}. */
final class ControlStore {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Transactions transactions;

    ControlStore(Transactions transactions) {
        this.transactions = transactions;
    }

    /** One row of the outer join of what is asked with what is tuned. */
    private record Row(Asked asked, Optional<Setting> setting, boolean lasts, boolean over) {}

    /** What is asked now. */
    Asked read(ChangeName change) {
        return read(transactions.jdbc(), change);
    }

    private static Asked read(JdbcClient jdbc, ChangeName change) {
        List<Row> rows = jdbc.sql("""
                SELECT c.state, c.asked, c.heard, c.asked_by, c.asked_at,
                       t.name, t.value, t.lasts, t.until, t.by, t.at,
                       coalesce(t.until <= clock_timestamp(), false) AS over
                  FROM neap.control c
                  LEFT JOIN neap.tuned t ON t.change = c.change
                 WHERE c.change = ?
                 ORDER BY t.name, t.lasts""")
                .param(change.value())
                .query((row, i) -> new Row(asked(row), setting(row), row.getBoolean("lasts"), row.getBoolean("over")))
                .list();
        if (rows.isEmpty()) {
            return Asked.NOTHING;
        }
        List<Setting> settings = new ArrayList<>();
        for (Row row : rows) {
            // What is for a while comes first, and goes before what lasts.
            row.setting()
                    .filter(setting -> !row.over())
                    .filter(setting -> settings.stream().noneMatch(known -> known.what().equals(setting.what())))
                    .ifPresent(settings::add);
        }
        Asked asked = rows.getFirst().asked();
        return new Asked(
                asked.state(),
                asked.number(),
                asked.heard(),
                asked.by(),
                asked.at(),
                settings,
                rows.stream().anyMatch(Row::over));
    }

    private static Asked asked(ResultSet row) throws SQLException {
        return new Asked(
                ControlState.valueOf(row.getString("state")),
                row.getLong("asked"),
                row.getLong("heard"),
                Optional.ofNullable(row.getString("asked_by")),
                instant(row, "asked_at"),
                List.of(),
                false);
    }

    private static Optional<Setting> setting(ResultSet row) throws SQLException {
        String name = row.getString("name");
        Optional<Tunable> what = name == null ? Optional.empty() : Tunable.of(name);
        if (what.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Setting(
                what.get(),
                row.getString("value"),
                instant(row, "until"),
                row.getString("by"),
                instant(row, "at").orElse(Instant.EPOCH)));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /**
     * A person asks for something.
     *
     * @throws RunFailed with reason WRONG_STATE if that can't follow what is asked already
     */
    Asked ask(ChangeName change, ControlState to, String by) {
        return transactions.in(Settings.none().lockTimeout(PATIENCE), jdbc -> {
            ControlState from = locked(jdbc, change);
            ControlEdge edge = Transitions.find(from, to, Party.PERSON)
                    .orElseThrow(() -> new RunFailed(
                            RunFailed.Reason.WRONG_STATE,
                            "Change %s is %s, from which nobody can ask for %s. Look at it with: neap status %s"
                                    .formatted(change, from, to, change)));
            jdbc.sql("""
                    UPDATE neap.control
                       SET state = ?, asked = asked + 1, asked_by = ?, asked_at = clock_timestamp()
                     WHERE change = ?""")
                    .params(to.name(), by, change.value())
                    .update();
            note(jdbc, change, edge, by);
            return read(jdbc, change);
        });
    }

    /** A person tunes something, within the transaction of {@code jdbc}: the process shall take notice. */
    static long count(JdbcClient jdbc, ChangeName change) {
        ControlState unused = locked(jdbc, change);
        return jdbc.sql("UPDATE neap.control SET asked = asked + 1 WHERE change = ? RETURNING asked")
                .param(change.value())
                .query(Long.class)
                .single();
    }

    private static ControlState locked(JdbcClient jdbc, ChangeName change) {
        jdbc.sql("INSERT INTO neap.control (change) VALUES (?) ON CONFLICT (change) DO NOTHING")
                .param(change.value())
                .update();
        return ControlState.valueOf(jdbc.sql("SELECT state FROM neap.control WHERE change = ? FOR UPDATE")
                .param(change.value())
                .query(String.class)
                .single());
    }

    /**
     * The process that works on the run takes notice of a request, and says what it has reached. Nothing happens if
     * another request has come meanwhile, or another process has taken over.
     *
     * @param reached what {@code seen} says, where there is nothing to reach yet
     */
    void reached(ChangeName change, UUID lease, Asked seen, ControlState reached, String by) {
        Optional<ControlEdge> edge = Transitions.find(seen.state(), reached, Party.PROCESS);
        if (edge.isEmpty() && reached != seen.state()) {
            throw new IllegalStateException("%s can't follow %s.".formatted(reached, seen.state()));
        }
        boolean unused = transactions.in(Settings.none().lockTimeout(PATIENCE), jdbc -> {
            int updated = jdbc.sql("""
                    UPDATE neap.control c SET state = ?, heard = c.asked
                     WHERE c.change = ? AND c.asked = ? AND c.state = ?
                       AND EXISTS (SELECT 1 FROM neap.lease l WHERE l.change = c.change AND l.token = ?)""")
                    .params(reached.name(), change.value(), seen.number(), seen.state().name(), lease)
                    .update();
            edge.filter(found -> updated == 1).ifPresent(found -> note(jdbc, change, found, by));
            return updated == 1;
        });
    }

    /** A process has just taken the lease: a stop that was asked for before did not mean it. */
    void begin(ChangeName change, UUID lease, String by) {
        clear(change, lease, by, "c.asked_at < l.taken_at AND c.state = 'STOPPING'");
    }

    /** A process is about to give the lease back: it has stopped, or has come to the end of the run, or of its wits. */
    void end(ChangeName change, UUID lease, String by) {
        clear(change, lease, by, """
                c.state = 'STOPPING'
                OR (c.state <> 'FREE'
                    AND (SELECT r.state FROM neap.run r WHERE r.change = c.change ORDER BY r.id DESC LIMIT 1)
                        IN ('READY', 'COMPLETED', 'ROLLED_BACK'))""");
    }

    private void clear(ChangeName change, UUID lease, String by, String where) {
        boolean unused = transactions.in(Settings.none().lockTimeout(PATIENCE), jdbc -> {
            Optional<ControlState> cleared = jdbc.sql("""
                    SELECT c.state FROM neap.control c JOIN neap.lease l ON l.change = c.change
                     WHERE c.change = ? AND l.token = ? AND (%s) FOR UPDATE OF c""".formatted(where))
                    .params(change.value(), lease)
                    .query(String.class)
                    .optional()
                    .map(ControlState::valueOf);
            cleared.flatMap(from -> Transitions.find(from, ControlState.FREE, Party.PROCESS)).ifPresent(edge -> {
                jdbc.sql("UPDATE neap.control SET state = 'FREE', heard = asked WHERE change = ?")
                        .param(change.value())
                        .update();
                note(jdbc, change, edge, by);
            });
            return cleared.isPresent();
        });
    }

    private static void note(JdbcClient jdbc, ChangeName change, ControlEdge edge, String by) {
        new AuditStore(jdbc).note(
                change,
                new AuditStore.Deed(
                        "control",
                        Optional.of(edge.from().name()),
                        Optional.of(edge.to().name()),
                        edge.reason(),
                        by));
    }
}
