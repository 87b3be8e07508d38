package dev.neap.control;

import dev.neap.change.ChangeName;
import dev.neap.jdbc.Transactions;
import dev.neap.jdbc.Transactions.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tuned values, in {@code neap.tuned}. */
final class TuningStore {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Transactions transactions;

    TuningStore(Transactions transactions) {
        this.transactions = transactions;
    }

    /** A value that is gone, and the one that counts again; empty if that is as set. */
    record Expired(Tunable what, String value, Optional<String> next) {}

    /**
     * @param values as {@link Tunable#check} gave them
     * @param lasting for how long they count; until they are reset if empty
     * @return the number of the request
     */
    long tune(ChangeName change, Map<Tunable, String> values, Optional<Duration> lasting, String by) {
        return transactions.in(Settings.none().lockTimeout(PATIENCE), jdbc -> {
            long number = ControlStore.count(jdbc, change);
            values.forEach((what, value) -> {
                Optional<String> before = inEffect(jdbc, change, what);
                if (lasting.isEmpty()) {
                    // Whoever wants it to last does not mean: once what is for a while has run out.
                    delete(jdbc, change, what, "NOT lasts");
                }
                jdbc.sql("""
                        INSERT INTO neap.tuned (change, name, lasts, value, until, by)
                        VALUES (?, ?, ?, ?, clock_timestamp() + make_interval(secs => ?), ?)
                        ON CONFLICT (change, name, lasts) DO UPDATE
                           SET value = EXCLUDED.value, until = EXCLUDED.until, by = EXCLUDED.by, at = EXCLUDED.at""")
                        .params(change.value(), what.key(), lasting.isEmpty(), value)
                        .param(lasting.map(length -> length.toMillis() / 1000.0).orElse(null))
                        .param(by)
                        .update();
                note(jdbc, change, new AuditStore.Deed(
                        what.key(),
                        before,
                        Optional.of(value),
                        lasting.map(length -> "tuned for " + PaceValue.words(length)).orElse("tuned"),
                        by));
            });
            return number;
        });
    }

    /** Takes everything back that was tuned. */
    long reset(ChangeName change, String by) {
        return transactions.in(Settings.none().lockTimeout(PATIENCE), jdbc -> {
            long number = ControlStore.count(jdbc, change);
            for (Tunable what : known(jdbc, change)) {
                inEffect(jdbc, change, what).ifPresent(before -> note(jdbc, change, new AuditStore.Deed(
                        what.key(), Optional.of(before), Optional.empty(), "reset", by)));
                delete(jdbc, change, what, "true");
            }
            return number;
        });
    }

    /** Clears away what has run out; the process that holds the lease does so. */
    List<Expired> expire(ChangeName change, UUID lease, String by) {
        return transactions.in(Settings.none().lockTimeout(PATIENCE), jdbc -> {
            List<Expired> expired = jdbc.sql("""
                    WITH gone AS (
                        DELETE FROM neap.tuned t
                         WHERE t.change = ? AND t.name = ANY (?) AND t.until <= clock_timestamp()
                           AND EXISTS (SELECT 1 FROM neap.lease l WHERE l.change = t.change AND l.token = ?)
                        RETURNING t.change, t.name, t.value)
                    SELECT g.name, g.value, b.value AS next
                      FROM gone g
                      LEFT JOIN neap.tuned b ON b.change = g.change AND b.name = g.name AND b.lasts""")
                    .params(
                            change.value(),
                            known(jdbc, change).stream().map(Tunable::key).toArray(String[]::new),
                            lease)
                    .query((row, i) -> new Expired(
                            Tunable.of(row.getString("name")).orElseThrow(),
                            row.getString("value"),
                            Optional.ofNullable(row.getString("next"))))
                    .list();
            expired.forEach(gone -> note(jdbc, change, new AuditStore.Deed(
                    gone.what().key(), Optional.of(gone.value()), gone.next(), "ran out", by)));
            return expired;
        });
    }

    /** A newer Neap may have left others. */
    private static List<Tunable> known(JdbcClient jdbc, ChangeName change) {
        return jdbc.sql("SELECT DISTINCT name FROM neap.tuned WHERE change = ? ORDER BY name")
                .param(change.value())
                .query((row, i) -> Tunable.of(row.getString("name")))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> inEffect(JdbcClient jdbc, ChangeName change, Tunable what) {
        return jdbc.sql("""
                SELECT value FROM neap.tuned
                 WHERE change = ? AND name = ? AND (lasts OR until > clock_timestamp())
                 ORDER BY lasts LIMIT 1""")
                .params(change.value(), what.key())
                .query(String.class)
                .optional();
    }

    private static void delete(JdbcClient jdbc, ChangeName change, Tunable what, String which) {
        jdbc.sql("DELETE FROM neap.tuned WHERE change = ? AND name = ? AND " + which)
                .params(change.value(), what.key())
                .update();
    }

    private static void note(JdbcClient jdbc, ChangeName change, AuditStore.Deed deed) {
        new AuditStore(jdbc).note(change, deed);
    }

}
