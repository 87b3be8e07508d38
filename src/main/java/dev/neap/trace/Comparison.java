package dev.neap.trace;

import dev.neap.step.Lock;
import dev.neap.step.RelationLock;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares what a transaction did with what was planned. */
public final class Comparison {

    private Comparison() {}

    /**
     * What was done beyond the plan, and would keep others waiting: a stronger lock, a lock on a relation that is not
     * planned, a rewrite, a scan under a lock that others feel, an index build. Reading or changing rows of other tables (up to ROW EXCLUSIVE) is not
     * the step's alone: an event trigger may do it. An empty table is read in no time.
     */
    public static List<Mismatch> beyond(Footprint footprint, Prediction plan) {
        List<Mismatch> mismatches = new ArrayList<>();
        for (Trace trace : footprint.felt()) {
            boolean named = plan.names(trace);
            if (trace.lock().isStrongerThan(plan.planned(trace))
                    && (named || trace.lock().isStrongerThan(Lock.ROW_EXCLUSIVE))) {
                mismatches.add(lock(trace, plan, named));
            }
        }
        for (Trace trace : footprint.traces()) {
            if (plan.names(trace) && footprint.isOnOldRows(trace)) {
                work(trace).filter(done -> done.compareTo(plan.work()) > 0)
                        .filter(done -> done != Work.SCAN || trace.lock().isStrongerThan(Lock.ROW_EXCLUSIVE))
                        .filter(done -> done == Work.REWRITE || !trace.empty())
                        .ifPresent(done -> mismatches.add(work(trace, done, plan)));
            }
        }
        return mismatches;
    }

    /**
     * What was planned and not done, so that the plan frightens without need: a weaker lock, less work. Tells something only
     * where there are rows, and where no guard clause left out a statement.
     */
    public static List<Mismatch> overstated(Footprint footprint, Prediction plan) {
        List<Mismatch> mismatches = new ArrayList<>();
        Stream.concat(Stream.of(new RelationLock(plan.table(), plan.lock())), plan.others().stream())
                .filter(planned -> planned.lock().isStrongerThan(footprint.lock(planned.relation())))
                .map(planned -> new Mismatch(
                        "relation " + planned.relation(),
                        "The plan names lock %s on %s; the strongest that is held there is %s."
                                .formatted(
                                        planned.lock().sql(),
                                        planned.relation(),
                                        footprint.lock(planned.relation()).sql()),
                        "Plan the weaker lock."))
                .forEach(mismatches::add);
        Work done = plan.worked().stream().map(footprint::work).max(Comparator.naturalOrder()).orElse(Work.CATALOG);
        if (plan.work().compareTo(done) > 0) {
            String table = plan.worked().getFirst().toString();
            mismatches.add(new Mismatch(
                    "table " + table,
                    "The plan says of table %s that the step %s; it %s."
                            .formatted(table, plan.work().words(), done.words()),
                    "Plan the lesser work."));
        }
        return mismatches;
    }

    private static Mismatch lock(Trace trace, Prediction plan, boolean named) {
        String held = "It holds lock %s on %s, which blocks %s"
                .formatted(trace.lock().sql(), trace.words(), trace.lock().blocks());
        return named
                ? new Mismatch(
                        trace.words(),
                        held + "; the plan says no more than " + plan.planned(trace).sql() + ".",
                        "Do it by a statement that locks less.")
                : new Mismatch(
                        trace.words(),
                        held + "; the plan does not name that relation.",
                        "Leave it alone, or do that in a change of its own.");
    }

    private static Mismatch work(Trace trace, Work done, Prediction plan) {
        return new Mismatch(
                trace.words(),
                "It %s of %s under lock %s; the plan says that it %s."
                        .formatted(done.words(), trace.words(), trace.lock().sql(), plan.work().words()),
                "Do it by a statement that leaves the rows alone.");
    }

    private static Optional<Work> work(Trace trace) {
        if (trace.did(Deed.REWRITTEN)) {
            return Optional.of(Work.REWRITE);
        }
        if (trace.did(Deed.BUILT)) {
            return Optional.of(Work.INDEX_BUILD);
        }
        return trace.did(Deed.SCANNED) ? Optional.of(Work.SCAN) : Optional.empty();
    }
}
