package dev.neap.preflight.check;

import dev.neap.preflight.estimate.Quantity;
import dev.neap.sql.Identifier;
import java.util.List;

/** The table's own triggers that each deleted row fires: they may do more, or keep the row. */
final class DeleteTriggers implements Check {

    @Override
    public String id() {
        return "delete-trigger";
    }

    @Override
    public List<Finding> find(Target target) {
        if (target.table().isEmpty() || !target.removesRows()) {
            return List.of();
        }
        String rows = Quantity.count(target.table().get().shape().rows());
        // tgtype: 1 for each row, 2 before, 8 delete. Disabled ones and those for replication only do not fire.
        return target.jdbc()
                .sql(
                        """
                                SELECT t.tgname, t.tgrelid::regclass::text, t.tgtype & 1 > 0, t.tgtype & 2 > 0, t.tgfoid::regproc::text
                                FROM pg_trigger t
                                WHERE t.tgrelid = :oid AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgtype & 8 > 0
                                ORDER BY t.tgname""")
                .param("oid", target.oid())
                .query((row, n) -> judge(
                        "trigger %s on %s".formatted(new Identifier(row.getString(1)).sql(), row.getString(2)),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getString(5),
                        rows))
                .list();
    }

    private Finding judge(String object, boolean perRow, boolean before, String function, String rows) {
        if (!perRow) {
            return note(
                    object,
                    "It fires once for each chunk that deletes rows and calls %s.".formatted(function),
                    "See that it does no harm when called so often.");
        }
        return warning(
                object,
                "It fires %s each deleted row (up to %s times) and calls %s: %s."
                        .formatted(
                                before ? "before" : "after",
                                rows,
                                function,
                                before
                                        ? "a row for which it returns NULL stays, and is found again by each pass"
                                        : "whatever it writes comes on top"),
                "Disable it for the purge, or give it a WHEN that passes these rows over.");
    }
}
