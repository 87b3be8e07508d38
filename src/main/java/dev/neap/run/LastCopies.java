package dev.neap.run;

import dev.neap.catalog.Table;
import dev.neap.plan.Plan;
import dev.neap.run.RunFailed.Reason;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Refuses a rollback after somebody has dropped, by hand, a column that only the contract should have dropped: the columns
 * that the rollback would drop may hold the last copy of its values.
 */
final class LastCopies {

    private LastCopies() {}

    /**
     * @param now the table as it is
     * @throws RunFailed if values would be lost
     */
    static void refuse(Run run, Plan plan, Table now) {
        List<Identifier> gone = plan.contracted()
                .stream()
                .filter(column -> now.column(column).isEmpty())
                .toList();
        List<Identifier> left = plan.takenBack()
                .stream()
                .filter(column -> now.column(column).isPresent())
                .toList();
        if (!gone.isEmpty() && !left.isEmpty()) {
            throw new RunFailed(
                    Reason.WRONG_STATE,
                    ("Column %1$s of table %2$s is gone already, and a rollback would drop column %3$s too, where its values may be"
                            + " the last. Restore column %1$s with its values, then roll back%4$s")
                            .formatted(words(gone), now.name(), words(left), otherwise(run)));
        }
    }

    private static String otherwise(Run run) {
        return switch (run.state()) {
            case READY -> "; or finish the change with: neap complete " + run.change();
            case RUNNING, STOPPED, FAILED, COMPLETING, COMPLETED, ROLLING_BACK, ROLLED_BACK -> ".";
        };
    }

    private static String words(List<Identifier> columns) {
        return columns.stream().map(Identifier::sql).collect(Collectors.joining(", "));
    }
}
