package dev.neap.preflight.check;

import dev.neap.catalog.Table;
import dev.neap.preflight.estimate.Quantity;
import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The table's own triggers that the backfill fires. One with {@code UPDATE OF} fires only if a column of its list is in
 * the statement's SET, which is why the columns of the plan decide.
 */
final class UpdateTriggers implements Check {

    @Override
    public String id() {
        return "update-trigger";
    }

    @Override
    public List<Finding> find(Target target) {
        if (target.table().isEmpty() || !target.updatesRows()) {
            return List.of();
        }
        Table table = target.table().get();
        Set<String> written = new TreeSet<>(target.writtenNames());
        List<Finding> findings = new ArrayList<>();
        for (Fired trigger : onUpdate(target)) {
            if (trigger.columns().isEmpty() || trigger.columns().stream().anyMatch(written::contains)) {
                findings.add(judge(trigger, table));
            }
        }
        return findings;
    }

    private static List<Fired> onUpdate(Target target) {
        // tgtype: 1 for each row, 2 before, 16 update. Disabled ones and those for replication only do not fire.
        return target.jdbc()
                .sql(
                        """
                                SELECT t.tgname, t.tgtype & 1 > 0, t.tgtype & 2 > 0, t.tgqual IS NOT NULL, t.tgfoid::regproc::text,
                                       ARRAY(SELECT a.attname::text FROM pg_attribute a
                                             WHERE a.attrelid = t.tgrelid AND a.attnum = ANY (t.tgattr::int2[]))
                                FROM pg_trigger t
                                WHERE t.tgrelid = :oid AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgtype & 16 > 0
                                  AND t.tgname NOT LIKE 'zzz\\_neap\\_%'
                                ORDER BY t.tgname""")
                .param("oid", target.oid())
                .query((row, n) -> new Fired(
                        new Identifier(row.getString(1)),
                        row.getBoolean(2),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getString(5),
                        List.of((String[]) row.getArray(6).getArray())))
                .list();
    }

    private Finding judge(Fired trigger, Table table) {
        String object = "trigger %s on %s".formatted(trigger.name(), table.name());
        if (!trigger.perRow()) {
            return note(
                    object,
                    "It fires once for each chunk of the backfill and calls %s.".formatted(trigger.function()),
                    "See that it does no harm when called so often.");
        }
        return warning(
                object,
                ("It fires %s each backfilled row (up to %s times)%s and calls %s: the backfill takes that "
                        + "much longer, and %s.")
                        .formatted(
                                trigger.before() ? "before" : "after",
                                Quantity.count(table.shape().rows()),
                                trigger.conditional() ? " where its WHEN holds" : "",
                                trigger.function(),
                                trigger.before() ? "it may change the row" : "whatever it writes comes on top"),
                "Give it UPDATE OF with the columns that it is about, or a WHEN that passes the backfill over.");
    }

    /** @param columns of UPDATE OF; empty for any */
    private record Fired(
            Identifier name,
            boolean perRow,
            boolean before,
            boolean conditional,
            String function,
            List<String> columns) {}
}
