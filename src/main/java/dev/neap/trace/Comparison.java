package dev.neap.trace;

import dev.neap.sql.QualifiedName;
import dev.neap.step.Lock;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        worked(footprint, plan).forEach(trace -> mismatches.add(work(trace, plan)));
        return mismatches;
    }

    /** Of each table that is named and worked on more than is planned, what shows it best: an index that is built, before the scan for it. */
    private static Collection<Trace> worked(Footprint footprint, Prediction plan) {
        Map<QualifiedName, Trace> worked = new LinkedHashMap<>();
        footprint.traces()
                .stream()
                .filter(trace -> plan.names(trace) && footprint.isOnOldRows(trace))
                .filter(trace -> work(trace).compareTo(plan.plannedWork(trace)) > 0)
                .filter(trace -> work(trace) != Work.SCAN || trace.lock().isStrongerThan(Lock.ROW_EXCLUSIVE))
                .filter(trace -> work(trace) == Work.REWRITE || !trace.empty())
                .forEach(trace -> worked.merge(
                        root(trace, plan), trace, (one, other) -> work(other).compareTo(work(one)) > 0 ? other : one));
        return worked.values();
    }

    /**
     * What was planned and not done, so that the plan frightens without need: a weaker lock, less work. Tells something only
     * where there are rows, and where no guard clause left out a statement.
     */
    public static List<Mismatch> overstated(Footprint footprint, Prediction plan) {
        List<Mismatch> mismatches = new ArrayList<>();
        plan.all()
                .stream()
                .filter(planned -> planned.lock().isStrongerThan(footprint.lock(planned.relation())))
                .map(planned -> new Mismatch(
                        "relation " + planned.relation(),
                        "The plan names lock %s on %s; the strongest that is held there is %s."
                                .formatted(
                                        planned.lock().sql(),
                                        planned.relation(),
                                        footprint.lock(planned.relation()).sql()),
                        "Plan the weaker lock.",
                        lock(plan, planned.relation(), footprint.lock(planned.relation()))))
                .forEach(mismatches::add);
        plan.all()
                .stream()
                .filter(planned -> planned.work().compareTo(footprint.work(planned.relation())) > 0)
                .map(planned -> new Mismatch(
                        "table " + planned.relation(),
                        "The plan says of table %s that the step %s; it %s."
                                .formatted(
                                        planned.relation(),
                                        planned.work().words(),
                                        footprint.work(planned.relation()).words()),
                        "Plan the lesser work.",
                        work(footprint.work(planned.relation()))))
                .forEach(mismatches::add);
        return mismatches;
    }

    private static Mismatch lock(Trace trace, Prediction plan, boolean named) {
        String held = "It holds lock %s on %s, which blocks %s"
                .formatted(trace.lock().sql(), trace.words(), trace.lock().blocks());
        return named
                ? new Mismatch(
                        trace.words(),
                        held + "; the plan says no more than " + plan.planned(trace).sql() + ".",
                        "Do it by a statement that locks less.",
                        lock(plan, root(trace, plan), trace.lock()))
                : new Mismatch(
                        trace.words(),
                        held + "; the plan does not name that relation.",
                        "Leave it alone, or do that in a change of its own.",
                        lock(plan, root(trace, plan), trace.lock()));
    }

    private static Mismatch work(Trace trace, Prediction plan) {
        Work done = work(trace);
        return new Mismatch(
                trace.words(),
                "It %s of %s under lock %s; the plan says that it %s."
                        .formatted(done.words(), trace.words(), trace.lock().sql(), plan.plannedWork(trace).words()),
                "Do it by a statement that leaves the rows alone.",
                work(done));
    }

    /** What the plan names of all that it is, or belongs to; else the outermost, which is the table that people know. */
    private static QualifiedName root(Trace trace, Prediction plan) {
        List<QualifiedName> chain = Stream.concat(Stream.of(trace.name()), trace.owners().stream()).toList();
        return chain.stream()
                .filter(name -> plan.all().stream().anyMatch(planned -> planned.relation().equals(name)))
                .findFirst()
                .orElseGet(chain::getLast);
    }

    private static String lock(Prediction plan, QualifiedName relation, Lock lock) {
        String word = lock.name().toLowerCase(Locale.ROOT);
        return relation.equals(plan.table())
                ? "lock: " + word
                : "also_locks: {%s: %s}".formatted(relation, word);
    }

    private static String work(Work work) {
        return "work: " + work.name().toLowerCase(Locale.ROOT);
    }

    private static Work work(Trace trace) {
        if (trace.did(Deed.REWRITTEN)) {
            return Work.REWRITE;
        }
        if (trace.did(Deed.BUILT)) {
            return Work.INDEX_BUILD;
        }
        return trace.did(Deed.SCANNED) ? Work.SCAN : Work.CATALOG;
    }
}
