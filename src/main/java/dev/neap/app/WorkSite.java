package dev.neap.app;

import dev.neap.change.Change;
import dev.neap.change.ChangeName;
import dev.neap.plan.PlannedStep;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Which tables the step at work changes. Safe for several threads. */
final class WorkSite {

    private record At(ChangeName change, List<QualifiedName> tables) {}

    private Optional<At> at = Optional.empty();

    /**
     * A step begins.
     *
     * @return whether it changes other tables than the one before it
     */
    synchronized boolean begins(Change change, PlannedStep step) {
        List<QualifiedName> before = tables(change);
        at = Optional.of(new At(change.name(), step.tables()));
        return !before.equals(tables(change));
    }

    /** Those of the step at work; before the first, the change's own. */
    synchronized List<QualifiedName> tables(Change change) {
        return at.filter(there -> there.change().equals(change.name()))
                .map(At::tables)
                .orElseGet(() -> List.of(change.table()));
    }
}
