package dev.neap.preflight;

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
import dev.neap.step.Lock;
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
 * @param worst how long others wait at worst, as a sentence
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

    static StepFacts of(Plan plan, PlannedStep planned, PlanSettings settings) {
        Step step = planned.step();
        Bounds<Duration> duration = RoughEstimate.time(step, plan.table());
        return switch (step) {
            case DdlStep ddl -> ddl(plan, planned, ddl, settings);
            case BackfillStep backfill ->
                new StepFacts(
                        planned,
                        List.of(update(plan, backfill)),
                        Lock.ROW_EXCLUSIVE,
                        "changes rows, one range a transaction",
                        chunk(plan, settings) + ", " + span(duration) + " in all.",
                        duration,
                        overwritten(plan, backfill).isEmpty(),
                        Optional.empty(),
                        overwritten(plan, backfill).isEmpty()
                                ? "its columns go when the step that added them is taken back"
                                : "the former values of " + overwritten(plan, backfill) + " are overwritten");
            case VerifyStep verify ->
                new StepFacts(
                        planned,
                        List.of(update(plan, verify.backfill())),
                        Lock.ROW_EXCLUSIVE,
                        "compares every row and puts right what it finds, until a whole pass finds nothing",
                        chunk(plan, settings) + ", " + span(duration) + " in all.",
                        duration,
                        overwritten(plan, verify.backfill()).isEmpty(),
                        Optional.empty(),
                        "as the backfill that it verifies");
            case GateStep gate ->
                new StepFacts(
                        planned,
                        List.of(),
                        Lock.NONE,
                        "waits for a person, holding nothing",
                        "Nobody waits.",
                        duration,
                        true,
                        Optional.empty(),
                        "nothing to take back");
        };
    }

    private static StepFacts ddl(Plan plan, PlannedStep planned, DdlStep ddl, PlanSettings settings) {
        Bounds<Duration> duration = RoughEstimate.time(ddl, plan.table());
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
                ddl.work().words(),
                worst(ddl, duration, settings),
                duration,
                reversible,
                contracted ? Optional.empty() : ddl.undo(),
                reversal);
    }

    private static String worst(DdlStep ddl, Bounds<Duration> duration, PlanSettings settings) {
        String patience = Quantity.time(settings.locks().lockTimeout());
        String giveUp = Quantity.time(settings.locks().giveUpAfter());
        if (ddl.conduct() == Conduct.CONCURRENT) {
            return "Nobody waits for it. It waits up to %s for older transactions, outside of a transaction%s."
                    .formatted(
                            Quantity.time(settings.locks().concurrentWait()),
                            ddl.work() == Work.CATALOG ? "" : ", and works for " + span(duration));
        }
        boolean blocks = ddl.lock().compareTo(Lock.SHARE_UPDATE_EXCLUSIVE) > 0;
        String tries = "%s a try for the lock, then steps back and tries again, for up to %s".formatted(patience, giveUp);
        if (!blocks) {
            return "Nobody waits for it. It waits %s; it holds it for %s."
                    .formatted(tries, ddl.work() == Work.CATALOG ? "milliseconds" : span(duration));
        }
        return ddl.work() == Work.CATALOG
                ? "They wait %s at most: it waits %s; once granted, it takes milliseconds.".formatted(patience, tries)
                : "They wait for %s: it holds the lock that long.".formatted(span(duration));
    }

    private static String chunk(Plan plan, PlanSettings settings) {
        Duration chunk = plan.change().backfill().chunkDuration().orElse(settings.chunkDuration());
        return "A writer of the same row waits for one chunk, about " + Quantity.time(chunk);
    }

    /** {@code 14 s to 1 min 6 s}. */
    static String span(Bounds<Duration> bounds) {
        String low = Quantity.time(bounds.low());
        String high = Quantity.time(bounds.high());
        return low.equals(high) ? low : low + " to " + high;
    }

    private static String update(Plan plan, BackfillStep backfill) {
        String set = backfill.assignments().stream()
                .map(a -> a.column() + " = " + a.expression())
                .collect(Collectors.joining(",\n    "));
        return "UPDATE " + plan.table().name() + "\nSET " + set + "\nWHERE /* " + range(plan.walk()) + " */"
                + backfill.pending().map(pending -> "\n  AND (" + pending + ")").orElse("");
    }

    private static String range(Walk walk) {
        return switch (walk) {
            case Walk.ByKey byKey ->
                "the next range of "
                        + byKey.key().names().stream().map(Identifier::sql).collect(Collectors.joining(", "));
            case Walk.ByBlock byBlock -> "the next range of blocks (ctid)";
        };
    }

    /** The columns that had values before the change; empty if it adds them all. */
    private static String overwritten(Plan plan, BackfillStep backfill) {
        return backfill.assignments().stream()
                .map(BackfillStep.Assignment::column)
                .filter(column -> plan.table().column(column).isPresent())
                .map(Identifier::sql)
                .collect(Collectors.joining(", "));
    }
}
