package dev.neap.step;

import dev.neap.catalog.Fact;
import dev.neap.sql.QualifiedName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a DDL step is taken back.
 *
 * @param title what it does, in a few words
 * @param sql the statements; at least one
 * @param lock the strongest that they take
 * @param undoneWhen what is so once there is nothing (left) to take back; the step is skipped then
 * @param others the locks that it takes on other relations, as in {@link DdlStep#others()}
 * @param steps where one transaction won't do: the steps that together do it, in order, each by itself; else empty
 * @param obstacle what closes the way back
 */
public record Undo(
        String title,
        List<String> sql,
        Lock lock,
        Conduct conduct,
        Fact undoneWhen,
        List<RelationLock> others,
        List<DdlStep> steps,
        Optional<Obstacle> obstacle) {

    /**
     * What closes the way back once the step has been done: nothing of the change is taken back then.
     *
     * @param query SQL that says, in one row and column, whether it is so; quick
     * @param fact what is so, as a sentence
     * @param remedy what to do about it, as the beginning of a sentence
     */
    public record Obstacle(String query, String fact, String remedy) {}

    public Undo {
        sql = List.copyOf(sql);
        others = List.copyOf(others);
        steps = List.copyOf(steps);
    }

    /** By one transaction, or one concurrent statement, that locks nothing but the table. */
    public Undo(String title, List<String> sql, Lock lock, Conduct conduct, Fact undoneWhen) {
        this(title, sql, lock, conduct, undoneWhen, List.of(), List.of(), Optional.empty());
    }

    /** The same, which locks another relation too. */
    public Undo alsoLocking(QualifiedName relation, Lock with) {
        return new Undo(title, sql, lock, conduct, undoneWhen,
                Stream.concat(others.stream(), Stream.of(new RelationLock(relation, with))).toList(), steps, obstacle);
    }

    /** In one transaction, under ACCESS EXCLUSIVE, touching only the catalog. */
    public static Undo catalogOnly(String title, Fact undoneWhen, String... sql) {
        return new Undo(title, List.of(sql), Lock.ACCESS_EXCLUSIVE, Conduct.TRANSACTION, undoneWhen);
    }

    /**
     * By steps like those of a plan, since what was taken away can only be made again the safe way.
     *
     * @param steps at least one; the last one's fact tells whether all is undone
     */
    public static Undo by(String title, List<DdlStep> steps) {
        return new Undo(
                title,
                steps.stream().flatMap(step -> step.sql().stream()).toList(),
                steps.stream().map(DdlStep::lock).max(Comparator.naturalOrder()).orElseThrow(),
                steps.getLast().conduct(),
                steps.getLast().doneWhen(),
                steps.stream().flatMap(step -> step.others().stream()).distinct().toList(),
                steps,
                Optional.empty());
    }

    /** The same, with nothing to take back where a fact holds, which is asked first. */
    Undo unlessFirst(Fact first) {
        return new Undo(title, sql, lock, conduct, new Fact.Or(first, undoneWhen), others, steps, obstacle);
    }

    /** The same, unless the way back is closed. */
    public Undo unless(Optional<Obstacle> closing) {
        return new Undo(title, sql, lock, conduct, undoneWhen, others, steps, closing);
    }
}
