package dev.neap.ddl;

import dev.neap.catalog.Fact;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
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
 * @param on the table, where it is another than that of the step
 * @param others the locks on other relations than the table
 */
public record Statements(
        String title,
        List<String> sql,
        Lock lock,
        Work work,
        Conduct conduct,
        Fact doneWhen,
        Optional<Identifier> index,
        Optional<QualifiedName> on,
        List<RelationLock> others) {

    /** Doing a step. */
    public static Statements of(DdlStep step) {
        return new Statements(
                step.title(), step.sql(), step.lock(), step.work(), step.conduct(), step.doneWhen(), step.index(),
                step.on(), step.others());
    }

    /** Undoing one; by several, each after the one before it, where one transaction won't do. */
    public static List<Statements> of(Undo undo) {
        return undo.steps().isEmpty()
                ? List.of(new Statements(
                        undo.title(), undo.sql(), undo.lock(), Work.CATALOG, undo.conduct(), undo.undoneWhen(),
                        Optional.empty(), Optional.empty(), undo.others()))
                : undo.steps().stream().map(Statements::of).toList();
    }
}
