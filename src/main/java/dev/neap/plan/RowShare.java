package dev.neap.plan;

import dev.neap.catalog.Fact;
import dev.neap.change.ChangeName;
import dev.neap.change.operation.Fill;
import dev.neap.change.operation.Names;
import dev.neap.change.operation.Parts;
import dev.neap.change.operation.SyncRule;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Assignment;
import dev.neap.step.BackfillStep.Discipline;
import dev.neap.step.DdlStep;
import dev.neap.step.LastLookStep;
import dev.neap.step.RowWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all structural operations together do with the rows of one table: those written meanwhile, by its sync triggers,
 * and those of before, by one pass over it.
 *
 * @param own whether it is the change's own table
 */
record RowShare(Ground ground, boolean own, List<SyncRule> rules, List<Fill> fills, Names names) {

    /** The shares of all tables, the change's own first. */
    static List<RowShare> of(ChangeName change, Grounds grounds, List<Parts> parts) {
        Names names = new Names(change);
        List<RowShare> shares = new ArrayList<>();
        shares.add(new RowShare(
                grounds.own(),
                true,
                parts.stream().flatMap(part -> part.sync().stream()).toList(),
                parts.stream().flatMap(part -> part.fills().stream()).toList(),
                names));
        grounds.neighbours()
                .forEach((table, ground) -> shares.add(new RowShare(
                        ground,
                        false,
                        elsewhere(parts, table).flatMap(elsewhere -> elsewhere.sync().stream()).toList(),
                        elsewhere(parts, table).flatMap(elsewhere -> elsewhere.fills().stream()).toList(),
                        names.on(table))));
        return List.copyOf(shares);
    }

    /** What operations do with the rows of a neighbour. */
    static Stream<Parts.Elsewhere> elsewhere(List<Parts> parts, QualifiedName table) {
        return parts.stream()
                .flatMap(part -> part.elsewhere().stream())
                .filter(elsewhere -> elsewhere.table().equals(table));
    }

    private Optional<SyncTrigger> triggers() {
        return rules.isEmpty()
                ? Optional.empty()
                : Optional.of(new SyncTrigger(ground.table(), ground.walk(), rules, names));
    }

    /** What keeps rows right from then on; empty if no row has to be. */
    Optional<DdlStep> sync() {
        return triggers().map(SyncTrigger::create).map(this::here);
    }

    /** How that ends. */
    Optional<DdlStep> farewell() {
        return triggers().map(SyncTrigger::drop).map(this::here);
    }

    private DdlStep here(DdlStep step) {
        return own ? step : step.on(ground.table().name());
    }

    /** One pass over the table for all structural operations: each row is written once, not once an operation. */
    Optional<BackfillStep> pass() {
        return common(fills);
    }

    /**
     * Where a column was renamed, old and new must be equal in every row before the old one goes: a load that fired no
     * triggers would be lost with it. Each by itself, since somebody may have dropped one of the old columns by hand.
     * Computed columns are not looked at: new code may have given them other values.
     */
    List<LastLookStep> lastLooks() {
        return rules.stream()
                .filter(SyncRule.Mirror.class::isInstance)
                .map(SyncRule.Mirror.class::cast)
                .flatMap(mirror -> common(fills.stream()
                        .filter(fill -> fill.assignment().column().equals(mirror.renamed()))
                        .toList())
                        .map(step -> lastLook(mirror, step))
                        .stream())
                .toList();
    }

    private static LastLookStep lastLook(SyncRule.Mirror mirror, BackfillStep step) {
        return new LastLookStep(
                "last-look",
                "see that both names hold the same",
                step,
                new Fact.And(new Fact.HasColumn(mirror.old()), new Fact.HasColumn(mirror.renamed())));
    }

    private Optional<BackfillStep> common(List<Fill> some) {
        if (some.isEmpty()) {
            return Optional.empty();
        }
        List<Assignment> assignments = some.stream()
                .map(fill -> some.size() == 1 || fill.always()
                        ? fill.assignment()
                        : new Assignment(
                                fill.assignment().column(),
                                "CASE WHEN %s THEN (%s) ELSE %s END"
                                        .formatted(
                                                fill.pending(),
                                                fill.assignment().expression(),
                                                fill.assignment().column())))
                .toList();
        String pending = some.size() == 1
                ? some.getFirst().pending()
                : some.stream().map(fill -> "(" + fill.pending() + ")").collect(Collectors.joining(" OR "));
        String title = "fill "
                + assignments.stream().map(a -> a.column().sql()).collect(Collectors.joining(", "))
                + (own ? "" : " of table " + ground.table().name());
        return Optional.of(
                new BackfillStep(
                        "backfill", title, new RowWork.Assign(assignments), Optional.of(pending),
                        Discipline.CONVERGENT));
    }
}
