package dev.neap.plan;

import dev.neap.catalog.Snapshot;
import dev.neap.catalog.Table;
import dev.neap.change.BackfillOptions.Order;
import dev.neap.change.Change;
import dev.neap.change.operation.Fill;
import dev.neap.change.operation.Parts;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Assignment;
import dev.neap.step.BackfillStep.Discipline;
import dev.neap.step.DdlStep;
import dev.neap.step.RowWork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of a change, with how each is walked.
 *
 * @param neighbours those that have to change with its own, by their names
 */
record Grounds(Ground own, Map<QualifiedName, Ground> neighbours) {

    /** @throws Refused if one has rows to visit, and no way to do it */
    static Grounds choose(Change change, Snapshot snapshot, List<Parts> parts) {
        Order order = change.backfill().order().orElse(Order.AUTO);
        List<BackfillStep> backfills = parts.stream().flatMap(part -> part.backfills().stream()).toList();
        List<Fill> fills = parts.stream().flatMap(part -> part.fills().stream()).toList();
        WalkChoice.Demand own = new WalkChoice.Demand(
                order,
                backfills.stream()
                        .anyMatch(b -> b.discipline() == Discipline.ONCE || b.work() instanceof RowWork.Mirror),
                backfills.stream().allMatch(b -> b.work() instanceof RowWork.Assign),
                Stream.concat(
                        fills.stream().map(Fill::assignment),
                        backfills.stream().flatMap(b -> b.assignments().stream()))
                        .map(Assignment::column)
                        .collect(Collectors.toSet()));
        Map<QualifiedName, Ground> neighbours = new LinkedHashMap<>();
        for (Table table : snapshot.neighbours()) {
            List<Fill> shares = RowShare.elsewhere(parts, table.name()).flatMap(e -> e.fills().stream()).toList();
            WalkChoice.Demand demand = new WalkChoice.Demand(
                    order,
                    false,
                    true,
                    shares.stream().map(fill -> fill.assignment().column()).collect(Collectors.toSet()));
            neighbours.put(table.name(), ground(table, demand, !shares.isEmpty()));
        }
        return new Grounds(
                ground(snapshot.table(), own, !backfills.isEmpty() || !fills.isEmpty()), neighbours);
    }

    private static Ground ground(Table table, WalkChoice.Demand demand, boolean walks) {
        WalkChoice.Result choice = WalkChoice.choose(table, demand);
        if (walks && choice.walk().isEmpty()) {
            throw new Refused(choice.problems());
        }
        return new Ground(table, choice.walk().orElseGet(() -> new Walk.ByBlock("no row is visited")));
    }

    /** Where a step works. */
    Ground of(DdlStep step) {
        return step.on().map(this::of).orElse(own);
    }

    /** @throws IllegalStateException if it is none of the change's tables */
    Ground of(QualifiedName table) {
        return Optional.ofNullable(neighbours.get(table))
                .orElseThrow(() -> new IllegalStateException("Table " + table + " is none of the change's."));
    }
}
