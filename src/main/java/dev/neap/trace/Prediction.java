package dev.neap.trace;

import dev.neap.sql.QualifiedName;
import dev.neap.step.Lock;
import dev.neap.step.RelationLock;
import dev.neap.step.Work;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a plan says of one of its steps.
 *
 * @param table the table that it works on, with all that belongs to it
 * @param lock the strongest that it takes there
 * @param work the most that it does to the rows there
 * @param others the locks on other relations, each with what is done to the rows there
 */
public record Prediction(QualifiedName table, Lock lock, Work work, List<RelationLock> others) {

    public Prediction {
        others = List.copyOf(others);
    }

    /** What is said of each relation, of the table first. */
    List<RelationLock> all() {
        return Stream.concat(Stream.of(new RelationLock(table, lock, work)), others.stream()).toList();
    }

    /** The strongest lock that is planned on a relation, as itself or with what it belongs to; NONE if none is. */
    Lock planned(Trace trace) {
        return of(trace).map(RelationLock::lock).reduce(Lock.NONE, Lock::stronger);
    }

    /** The most that is planned to be done to the rows of a relation, as itself or with what it belongs to. */
    Work plannedWork(Trace trace) {
        return of(trace).map(RelationLock::work).reduce(Work.CATALOG, Work::more);
    }

    /** Whether the plan says anything of it. */
    boolean names(Trace trace) {
        return of(trace).findAny().isPresent();
    }

    private Stream<RelationLock> of(Trace trace) {
        return all().stream().filter(planned -> trace.isOf(planned.relation()));
    }
}
