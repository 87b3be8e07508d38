package dev.neap.ddl;

import dev.neap.catalog.Fact;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Offenders;
import dev.neap.step.RelationLock;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.List;
import java.util.Optional;

/**
 * What the executor needs to know of a step, or of its undoing.
 *
 * @param doneWhen skipped if it holds
 * @param index that a concurrent build makes; empty for anything else
 * @param offenders rows that are looked for before it is tried
 * @param others the locks on other relations than the table
 * @param on the table that it works on, if it is another one than that of the plan's step
 * @param next what to do once they are mended, as the end of a sentence
 */
public record Statements(
        String title,
        List<String> sql,
        Lock lock,
        Work work,
        Conduct conduct,
        Fact doneWhen,
        Optional<Identifier> index,
        Optional<Offenders> offenders,
        List<RelationLock> others,
        Optional<QualifiedName> on,
        String next) {

    /** The most that is done to the rows of any relation. */
    Work most() {
        return others.stream().map(RelationLock::work).reduce(work, Work::more);
    }

    /** Doing a step. */
    public static Statements of(DdlStep step) {
        return of(step, "run the change again; or roll it back");
    }

    private static Statements of(DdlStep step, String next) {
        return new Statements(
                step.title(), step.sql(), step.lock(), step.work(), step.conduct(), step.doneWhen(), step.index(),
                step.offenders(), step.others(), step.on(), next);
    }

    /** Undoing one; by several, each after the one before it, where one transaction won't do. */
    public static List<Statements> of(Undo undo) {
        return undo.steps().isEmpty()
                ? List.of(new Statements(
                        undo.title(), undo.sql(), undo.lock(), Work.CATALOG, undo.conduct(), undo.undoneWhen(),
                        Optional.empty(), Optional.empty(), undo.others(), Optional.empty(), ""))
                : undo.steps().stream().map(step -> of(step, "roll the change back again")).toList();
    }
}
