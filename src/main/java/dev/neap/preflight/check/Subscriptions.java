package dev.neap.preflight.check;

import dev.neap.change.Change;
import dev.neap.change.operation.DropTable;
import dev.neap.change.operation.RenameTable;
import java.util.List;

/**
 * A subscription looks its table up by the name, and knows which it fills by the oid: once another table has the name,
 * PostgreSQL leaves the rows that arrive out without a word.
 */
final class Subscriptions implements Check {

    @Override
    public String id() {
        return "subscription";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.table().isEmpty()
                ? List.of()
                : target.jdbc()
                        .sql("""
                                SELECT quote_ident(s.subname)
                                FROM pg_subscription_rel r JOIN pg_stat_subscription s ON s.subid = r.srsubid
                                WHERE r.srrelid = :oid
                                   OR r.srrelid IN (SELECT relid FROM pg_partition_tree(CAST(:oid AS oid)))
                                GROUP BY 1
                                ORDER BY 1""")
                        .param("oid", target.oid())
                        .query((row, n) -> judge(target, row.getString(1)))
                        .list();
    }

    private Finding judge(Target target, String subscription) {
        String object = "subscription " + subscription;
        return replaced(target)
                ? blocker(
                        object,
                        "It fills the table, which it looks up by the name; what arrives under another table's would be lost.",
                        "Take the table out of the publication that it comes from, or drop the subscription, first.")
                : note(
                        object,
                        "It fills the table: its rows are written as if by a client, triggers and all.",
                        "Nothing to do, but new columns are filled here only.");
    }

    private static boolean replaced(Target target) {
        return target.replacesTheTable() || target.plan().stream().anyMatch(plan -> renames(plan.change()));
    }

    private static boolean renames(Change change) {
        return change.operations()
                .stream()
                .anyMatch(operation -> operation instanceof RenameTable
                        || (operation instanceof DropTable drop && drop.renameFirst()));
    }
}
