package dev.neap.trace;

import dev.neap.sql.QualifiedName;
import dev.neap.step.Lock;
import dev.neap.step.RelationLock;
import dev.neap.step.Work;
import java.util.List;

/**
 * What a plan says of one of its steps.
 *
 * @param table the table that it works on, with all that belongs to it
 * @param lock the strongest that it takes there
 * @param work the most that it does to the rows there; where it takes no lock there, to those of the other relations
 * @param others the locks on other relations
 */
public record Prediction(QualifiedName table, Lock lock, Work work, List<RelationLock> others) {

    public Prediction {
        others = List.copyOf(others);
    }

    /** The strongest lock that is planned on a relation, as itself or with what it belongs to; NONE if none is. */
    Lock planned(Trace trace) {
        Lock own = trace.isOf(table) ? lock : Lock.NONE;
        return others.stream()
                .filter(other -> trace.isOf(other.relation()))
                .map(RelationLock::lock)
                .reduce(own, Lock::stronger);
    }

    /** The relations whose rows the work is done to. */
    List<QualifiedName> worked() {
        return lock == Lock.NONE && !others.isEmpty()
                ? others.stream().map(RelationLock::relation).toList()
                : List.of(table);
    }

    /** Whether the plan says anything of it. */
    boolean names(Trace trace) {
        return trace.isOf(table) || others.stream().anyMatch(other -> trace.isOf(other.relation()));
    }
}
