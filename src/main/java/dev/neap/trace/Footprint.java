package dev.neap.trace;

import dev.neap.sql.QualifiedName;
import dev.neap.step.Lock;
import dev.neap.step.Work;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a transaction did so far to user relations; system catalogs and Neap's own tables are left out.
 *
 * @param traces one a relation, those with the strongest locks first
 */
public record Footprint(List<Trace> traces) {

    public Footprint {
        traces = traces.stream()
                .sorted(Comparator.comparing(Trace::lock).reversed().thenComparing(trace -> trace.name().sql()))
                .toList();
    }

    /** The relations that were there before the transaction: what it does to them, others may feel. */
    public List<Trace> felt() {
        return traces.stream().filter(trace -> !trace.did(Deed.CREATED)).toList();
    }

    /** The strongest lock on a relation and all that belongs to it; those that the transaction made do not count. */
    public Lock lock(QualifiedName relation) {
        return felt().stream()
                .filter(trace -> trace.isOf(relation))
                .map(Trace::lock)
                .reduce(Lock.NONE, Lock::stronger);
    }

    /**
     * The most expensive thing that was done to the rows of a relation and of all that belongs to it. A table that the
     * transaction made itself costs nobody anything; an index that it built on one that was there does.
     */
    public Work work(QualifiedName relation) {
        List<Trace> own = traces.stream().filter(trace -> trace.isOf(relation)).filter(this::isOnOldRows).toList();
        return Stream.of(Deed.REWRITTEN, Deed.BUILT, Deed.SCANNED)
                .filter(deed -> own.stream().anyMatch(trace -> trace.did(deed)))
                .findFirst()
                .map(deed -> switch (deed) {
                    case REWRITTEN -> Work.REWRITE;
                    case BUILT -> Work.INDEX_BUILD;
                    case SCANNED -> Work.SCAN;
                    case CREATED, DROPPED -> Work.CATALOG;
                })
                .orElse(Work.CATALOG);
    }

    /** Whether it works on rows that were there before. */
    boolean isOnOldRows(Trace trace) {
        if (!trace.did(Deed.CREATED)) {
            return true;
        }
        return trace.did(Deed.BUILT) && traces.stream()
                .filter(other -> trace.owners().stream().findFirst().filter(other.name()::equals).isPresent())
                .noneMatch(table -> table.did(Deed.CREATED));
    }

    /** The same as if each table held rows: of an empty copy, to see what would be read. */
    public Footprint asIfFull() {
        return new Footprint(traces.stream()
                .map(trace -> new Trace(
                        trace.name(), trace.kind(), trace.owners(), trace.lock(), trace.deeds(), false))
                .toList());
    }

    /**
     * What was done since an earlier look at the same transaction: a stronger lock, something more to a relation. That the
     * transaction itself made a relation is told each time, so that nobody takes it for old.
     */
    public Footprint since(Footprint earlier) {
        return new Footprint(traces.stream().flatMap(trace -> earlier.news(trace).stream()).toList());
    }

    private Optional<Trace> news(Trace now) {
        // An index that is made anew has the name of the one that is gone.
        Optional<Trace> was = traces.stream()
                .filter(trace -> trace.name().equals(now.name()) && trace.did(Deed.CREATED) == now.did(Deed.CREATED))
                .findFirst();
        if (was.isEmpty()) {
            return Optional.of(now);
        }
        Set<Deed> deeds = now.deeds()
                .stream()
                .filter(deed -> deed == Deed.CREATED || !was.get().did(deed))
                .collect(Collectors.toUnmodifiableSet());
        return deeds.isEmpty() && !now.lock().isStrongerThan(was.get().lock())
                ? Optional.empty()
                : Optional.of(new Trace(now.name(), now.kind(), now.owners(), now.lock(), deeds, now.empty()));
    }

    /** Those that something was done to. */
    public List<Trace> that(Deed deed) {
        return traces.stream().filter(trace -> trace.did(deed)).toList();
    }
}
