package dev.neap.preflight;

import dev.neap.plan.Ground;
import dev.neap.plan.Plan;
import dev.neap.plan.PlannedStep;
import dev.neap.plan.Walk;
import dev.neap.preflight.estimate.Bounds;
import dev.neap.preflight.estimate.Quantity;
import dev.neap.preflight.estimate.RoughEstimate;
import dev.neap.sql.Identifier;
import dev.neap.step.BackfillStep;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.GateStep;
import dev.neap.step.LastLookStep;
import dev.neap.step.Lock;
import dev.neap.step.MovedStep;
import dev.neap.step.RelationLock;
import dev.neap.step.RowStatement;
import dev.neap.step.RowWork;
import dev.neap.step.Step;
import dev.neap.step.Undo;
import dev.neap.step.VerifyStep;
import dev.neap.step.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a reader of a plan wants to know of one step.
 *
 * @param sql exact statements; of a backfill the statement of one range, with the range in words as a comment
 * @param worst how long others wait at worst, and how long the step works
 * @param duration how long it works once it has its lock; zero where only the catalog changes
 * @param undo how it is taken back; empty if it is not by a statement of its own
 * @param reversal whether and how it is taken back, in words
 */
record StepFacts(
        PlannedStep planned,
        List<String> sql,
        Lock lock,
        String work,
        String worst,
        Bounds<Duration> duration,
        boolean reversible,
        Optional<Undo> undo,
        String reversal) {

    /** The locks on other relations than the table. */
    List<RelationLock> others() {
        return planned.step() instanceof DdlStep ddl ? ddl.others() : List.of();
    }

    static StepFacts of(Plan plan, PlannedStep planned, PlanSettings settings) {
        Step step = planned.step();
        Bounds<Duration> duration = RoughEstimate.time(step, planned.ground().table());
        return switch (step) {
            case DdlStep ddl -> ddl(plan, planned, ddl, settings);
            case BackfillStep backfill ->
                new StepFacts(
                        planned,
                        List.of(statement(planned.ground(), backfill)),
                        Lock.ROW_EXCLUSIVE,
                        work(backfill),
                        chunk(plan, settings) + "; it works for " + span(duration),
                        duration,
                        lasting(planned.ground(), backfill).isEmpty(),
                        Optional.empty(),
                        lasting(planned.ground(), backfill).orElse(
                                backfill.work() instanceof RowWork.Mirror
                                        ? "the other table goes when the step that made it is taken back"
                                        : "its columns go when the step that added them is taken back"));
            case VerifyStep verify ->
                new StepFacts(
                        planned,
                        List.of(statement(planned.ground(), verify.backfill())),
                        Lock.ROW_EXCLUSIVE,
                        compares(verify.backfill()),
                        chunk(plan, settings) + "; it works for " + span(duration),
                        duration,
                        lasting(planned.ground(), verify.backfill()).isEmpty(),
                        Optional.empty(),
                        "as the backfill that it verifies");
            case MovedStep moved ->
                new StepFacts(
                        planned,
                        List.of(statement(moved.backfill(), planned.ground(), "the rows that were noted")),
                        Lock.ROW_EXCLUSIVE,
                        "looks only at rows that were noted because a client moved them meanwhile",
                        chunk(plan, settings) + "; there are few such rows, or none",
                        duration,
                        lasting(planned.ground(), moved.backfill()).isEmpty(),
                        Optional.empty(),
                        "as the step before it");
            case LastLookStep look ->
                new StepFacts(
                        planned,
                        List.of("SELECT count(*) FROM " + planned.ground().table().name() + "\nWHERE /* "
                                + range(planned.ground().walk()) + " */"
                                + look.backfill().pending().map(sql -> "\n  AND (" + sql + ")").orElse("")),
                        Lock.NONE,
                        "reads every row; if one is not as it must be, nothing is contracted",
                        "nobody waits; it works for " + span(duration),
                        duration,
                        true,
                        Optional.empty(),
                        "nothing to undo");
            case GateStep gate ->
                new StepFacts(
                        planned,
                        List.of(),
                        Lock.NONE,
                        "waits for a person, holding nothing",
                        "nobody waits",
                        duration,
                        true,
                        Optional.empty(),
                        "nothing to take back");
        };
    }

    private static StepFacts ddl(Plan plan, PlannedStep planned, DdlStep ddl, PlanSettings settings) {
        Bounds<Duration> duration = RoughEstimate.time(ddl, planned.ground().table());
        boolean contracted = plan.afterGate().contains(planned);
        boolean reversible = !contracted && ddl.irreversible().isEmpty();
        String reversal = ddl.irreversible()
                .orElseGet(() -> contracted
                        ? "rollback ends at the gate"
                        : ddl.undo().map(Undo::title).orElse("goes when an earlier step is taken back"));
        return new StepFacts(
                planned,
                ddl.sql(),
                ddl.lock(),
                ddl.most().words(),
                worst(ddl, duration, settings),
                duration,
                reversible,
                contracted ? Optional.empty() : ddl.undo(),
                reversal);
    }

    private static String worst(DdlStep ddl, Bounds<Duration> duration, PlanSettings settings) {
        String patience = Quantity.time(settings.locks().lockTimeout());
        String works = ddl.most() == Work.CATALOG ? "milliseconds" : span(duration);
        if (ddl.conduct() == Conduct.CONCURRENT) {
            return "nobody waits; outside of a transaction, it waits up to %s for older transactions and works for %s"
                    .formatted(Quantity.time(settings.locks().concurrentWait()), works);
        }
        Lock strongest = ddl.others().stream().map(RelationLock::lock).reduce(ddl.lock(), Lock::stronger);
        if (!strongest.isStrongerThan(Lock.SHARE_UPDATE_EXCLUSIVE)) {
            return "nobody waits; it works for " + works;
        }
        return "they wait %s a try until the lock is granted, then %s".formatted(patience, works);
    }

    private static String chunk(Plan plan, PlanSettings settings) {
        Duration chunk = plan.change().backfill().chunkDuration().orElse(settings.chunkDuration());
        return "a writer of the same row waits for one chunk, about " + Quantity.time(chunk);
    }

    /** {@code 14 s to 1 min 6 s}; {@code up to 8 s} from nothing. */
    static String span(Bounds<Duration> bounds) {
        String low = Quantity.time(bounds.low());
        String high = Quantity.time(bounds.high());
        if (low.equals(high)) {
            return low;
        }
        return bounds.low().isZero() ? "up to " + high : low + " to " + high;
    }

    private static String statement(Ground ground, BackfillStep backfill) {
        return statement(backfill, ground, range(ground.walk()));
    }

    private static String statement(BackfillStep backfill, Ground ground, String rows) {
        RowStatement statement = RowStatement.of(backfill.work(), ground.table().name());
        return statement.head() + "\nWHERE /* " + rows + " */"
                + backfill.pending().map(pending -> "\n  AND (" + pending + ")").orElse("")
                + statement.tail();
    }

    private static String range(Walk walk) {
        return switch (walk) {
            case Walk.ByKey byKey ->
                "the next range of "
                        + byKey.key().names().stream().map(Identifier::sql).collect(Collectors.joining(", "));
            case Walk.ByBlock byBlock -> "the next range of blocks (ctid)";
            case Walk.ByLeaf byLeaf -> "the next range of a partition, which the statement then names instead";
        };
    }

    /** What no rollback takes back; empty if there is nothing. */
    private static Optional<String> lasting(Ground ground, BackfillStep backfill) {
        return switch (backfill.work()) {
            case RowWork.Assign assign -> overwritten(ground, backfill);
            case RowWork.Transform transform -> overwritten(ground, backfill);
            case RowWork.Delete delete -> Optional.of("deleted rows are gone; take a backup first");
            case RowWork.Archive archive -> Optional.of("archived rows stay in " + archive.into());
            case RowWork.Copy copy -> Optional.of("copied rows stay in " + copy.into());
            case RowWork.Mirror mirror -> Optional.empty();
        };
    }

    /** The columns that had values before the change; empty if it adds them all. */
    private static Optional<String> overwritten(Ground ground, BackfillStep backfill) {
        String columns = backfill.assignments()
                .stream()
                .map(BackfillStep.Assignment::column)
                .filter(column -> ground.table().column(column).isPresent())
                .map(Identifier::sql)
                .collect(Collectors.joining(", "));
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of("the former values of " + columns + " are overwritten");
    }

    private static String work(BackfillStep backfill) {
        return switch (backfill.work()) {
            case RowWork.Assign assign -> "changes rows, one range a transaction";
            case RowWork.Transform transform -> "changes rows by a Java class, one range a transaction";
            case RowWork.Delete delete -> "deletes rows, one range a transaction";
            case RowWork.Archive archive -> "moves rows, one range a transaction";
            case RowWork.Copy copy -> "copies rows, one range a transaction";
            case RowWork.Mirror mirror -> "copies rows, one range a transaction";
        };
    }

    private static String compares(BackfillStep backfill) {
        String what = switch (backfill.work()) {
            case RowWork.Assign assign -> "compares every row and puts right what it finds";
            case RowWork.Transform transform -> "transforms every row again and writes what comes out otherwise";
            case RowWork.Delete delete -> "looks at every row and deletes what it finds";
            case RowWork.Archive archive -> "looks at every row and moves what it finds";
            case RowWork.Copy copy -> "looks every row up there and copies what it misses";
            case RowWork.Mirror mirror -> "compares both tables row by row, both ways, and puts right what differs";
        };
        return what + ", until a whole pass finds nothing"
                + (backfill.discipline() == BackfillStep.Discipline.REPEATABLE
                        ? ", in %d passes at most".formatted(VerifyStep.MOST_PASSES_REPEATABLE)
                        : "");
    }
}
