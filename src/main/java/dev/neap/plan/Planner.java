package dev.neap.plan;

import dev.neap.catalog.Fact;
import dev.neap.catalog.Snapshot;
import dev.neap.catalog.Table;
import dev.neap.change.BackfillOptions.Order;
import dev.neap.change.Change;
import dev.neap.change.ChangeName;
import dev.neap.change.Problem;
import dev.neap.change.operation.Fill;
import dev.neap.change.operation.Names;
import dev.neap.change.operation.Operation;
import dev.neap.change.operation.Parts;
import dev.neap.change.operation.PartitionTable;
import dev.neap.change.operation.SyncRule;
import dev.neap.change.operation.Target;
import dev.neap.sql.Identifier;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Assignment;
import dev.neap.step.BackfillStep.Discipline;
import dev.neap.step.DdlStep;
import dev.neap.step.GateStep;
import dev.neap.step.LastLookStep;
import dev.neap.step.RowWork;
import dev.neap.step.Step;
import dev.neap.step.StepId;
import dev.neap.step.VerifyStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts the parts of a change's operations in order.
 *
 * <p>Expand: all new structure, then the sync triggers, so that from here on no new row is wrong. Backfill: one pass for
 * all structural operations together, then the explicit ones, each with its guard if it must be exactly-once, or with its move trigger. Verify.
 * Constrain: what needs right rows. Gate. Contract: handover, then the sync triggers go, then old structure.
 */
public final class Planner {

    private Planner() {}

    /** A change's operations with what each is planned against. */
    private record Planned(Operation operation, Target target) {}

    /**
     * @throws Refused if the change can't be carried out on this table
     */
    public static Plan plan(Change change, Snapshot snapshot) {
        List<Planned> operations = targets(change, snapshot);
        List<Problem> problems = Stream.concat(
                notAlone(operations).stream(),
                operations.stream().flatMap(planned -> planned.operation().check(planned.target()).stream()))
                .toList();
        if (!problems.isEmpty()) {
            throw new Refused(problems);
        }
        List<Parts> parts = operations.stream()
                .map(planned -> planned.operation().parts(planned.target()))
                .toList();
        List<Problem> twice = filledTwice(operations, parts);
        if (!twice.isEmpty()) {
            throw new Refused(twice);
        }
        WalkChoice.Result choice = WalkChoice.choose(snapshot.table(), demand(change, parts));
        boolean walks = !all(parts, Parts::backfills).isEmpty() || !all(parts, Parts::fills).isEmpty();
        if (walks && choice.walk().isEmpty()) {
            throw new Refused(choice.problems());
        }
        Walk walk = choice.walk().orElseGet(() -> new Walk.ByBlock("no row is visited"));
        return new Plan(change, snapshot.table(), walk, steps(change, snapshot, walk, parts));
    }

    private static List<Problem> notAlone(List<Planned> operations) {
        return operations.size() == 1
                ? List.of()
                : operations.stream()
                        .filter(planned -> planned.operation().isAlone())
                        .map(planned -> new Problem(
                                planned.target().at(),
                                "%s changes what the table is called or made of, and nothing else can be done beside it."
                                        .formatted(planned.operation().keyword()),
                                "Write a change file of its own for it."))
                        .toList();
    }

    private static WalkChoice.Demand demand(Change change, List<Parts> parts) {
        List<BackfillStep> backfills = all(parts, Parts::backfills);
        return new WalkChoice.Demand(
                change.backfill().order().orElse(Order.AUTO),
                backfills.stream()
                        .anyMatch(b -> b.discipline() == Discipline.ONCE || b.work() instanceof RowWork.Mirror),
                backfills.stream().allMatch(b -> b.work() instanceof RowWork.Assign),
                Stream.concat(
                        all(parts, Parts::fills).stream().map(Fill::assignment),
                        backfills.stream().flatMap(b -> b.assignments().stream()))
                        .map(Assignment::column)
                        .collect(Collectors.toSet()));
    }

    /** One UPDATE can't set a column twice, and only one operation can say what is right in it. */
    private static List<Problem> filledTwice(List<Planned> operations, List<Parts> parts) {
        List<Problem> problems = new ArrayList<>();
        Set<Identifier> filled = new HashSet<>();
        for (int i = 0; i < parts.size(); i++) {
            for (Fill fill : parts.get(i).fills()) {
                Identifier column = fill.assignment().column();
                if (!filled.add(column)) {
                    problems.add(new Problem(
                            operations.get(i).target().at(),
                            "Two operations of this change say which values column %s gets.".formatted(column),
                            "Write the second one as a change of its own."));
                }
            }
        }
        return problems;
    }

    private static List<Planned> targets(Change change, Snapshot snapshot) {
        List<Planned> planned = new ArrayList<>();
        Table table = snapshot.table();
        Names names = new Names(change.name());
        for (Located located : located(change)) {
            Target target = new Target(located.at(), table, snapshot.answers(), names);
            planned.add(new Planned(located.operation(), target));
            table = located.operation().after(target);
        }
        return planned;
    }

    /** An operation and its path in the file. */
    public record Located(String at, Operation operation) {}

    /** All operations of a change, those of its contract last, each with its path in the file. */
    public static List<Located> located(Change change) {
        List<Located> located = new ArrayList<>();
        for (int i = 0; i < change.operations().size(); i++) {
            Operation operation = change.operations().get(i);
            located.add(new Located("operations[" + i + "]." + operation.keyword(), operation));
        }
        for (int i = 0; i < change.contract().size(); i++) {
            Operation operation = change.contract().get(i);
            located.add(new Located("contract[" + i + "]." + operation.keyword(), operation));
        }
        return located;
    }

    private static List<PlannedStep> steps(Change change, Snapshot snapshot, Walk walk, List<Parts> parts) {
        Table table = snapshot.table();
        Names names = new Names(change.name());
        List<PlannedStep> steps = new ArrayList<>();
        all(parts, Parts::expand).forEach(step -> add(steps, step));

        List<SyncRule> rules = all(parts, Parts::sync);
        SyncTrigger sync = new SyncTrigger(table, walk, rules, names);
        if (!rules.isEmpty()) {
            add(steps, sync.create());
        }

        List<GuardTrigger> guards = new ArrayList<>();
        List<VerifyStep> verifies = new ArrayList<>();
        int moves = 0;
        common(all(parts, Parts::fills)).ifPresent(step -> {
            add(steps, step);
            verifies.add(verify(step, true));
        });
        for (BackfillStep backfill : all(parts, Parts::backfills)) {
            if (backfill.discipline() == Discipline.ONCE && walk.keyed().isPresent()) {
                GuardTrigger guard = new GuardTrigger(
                        change.name(),
                        table,
                        walk,
                        backfill,
                        id(steps.size() + 2, backfill),
                        guards.size() + 1);
                guards.add(guard);
                add(steps, guard.create());
                add(steps, backfill);
            } else {
                followed(new Rows(change.name(), table, walk, snapshot.owned()), backfill, ++moves, steps);
            }
        }
        verifies.forEach(step -> add(steps, step));

        guards.forEach(guard -> add(steps, guard.drop()));
        all(parts, Parts::constrain).forEach(step -> add(steps, step));

        List<Step> contract = new ArrayList<>(lastLooks(rules, all(parts, Parts::fills)));
        all(parts, Parts::backfills).stream()
                .flatMap(backfill -> PartitionTable.lastLook(backfill, table, names).stream())
                .forEach(contract::add);
        contract.addAll(all(parts, Parts::handover));
        contract.addAll(farewell(rules.isEmpty() ? Optional.empty() : Optional.of(sync.drop()), parts));
        if (!contract.isEmpty()) {
            add(steps, new GateStep("gate", gate(parts)));
            contract.forEach(step -> add(steps, step));
        }
        return steps;
    }

    /**
     * Verified before the next backfill may change what this one is computed from; by block, a row that was there when the
     * backfill began may have moved beyond the end that the table had then.
     */
    private static void followed(Rows rows, BackfillStep backfill, int number, List<PlannedStep> steps) {
        if (backfill.work() instanceof RowWork.Assign) {
            MoveTrigger move = new MoveTrigger(rows.change(), rows.table(), rows.walk(), backfill, number);
            add(steps, move.create());
            add(steps, backfill);
            add(steps, verify(backfill, rows.walk().byAddress()));
            add(steps, move.drop());
            return;
        }
        if (backfill.work() instanceof RowWork.Mirror) {
            // The trigger by which the other table follows is in place: no row can get out of the way.
            add(steps, backfill);
            add(steps, verify(backfill, true));
            return;
        }
        if (!rows.owned()) {
            // Deleting, archiving and copying take no more than their privileges: without a trigger, then.
            add(steps, backfill);
            add(steps, verify(backfill, rows.walk().byAddress()));
            return;
        }
        MoveNotes notes = new MoveNotes(
                rows.change(), rows.table(), rows.walk(), backfill, id(steps.size() + 2, backfill), number);
        add(steps, notes.create());
        add(steps, backfill);
        add(steps, verify(backfill, rows.walk().byAddress()));
        add(steps, notes.lookUp());
        add(steps, notes.drop());
    }

    /** How the rows of a change are visited. */
    private record Rows(ChangeName change, Table table, Walk walk, boolean owned) {}

    /**
     * The sync triggers and the columns that they served go in one transaction: in between, a writer who relies on the
     * trigger for a NOT NULL column would fail.
     */
    private static List<DdlStep> farewell(Optional<DdlStep> sync, List<Parts> parts) {
        List<DdlStep> all = all(parts, Parts::contract);
        List<DdlStep> drops = all.stream().filter(step -> step.slug().equals("drop-column")).toList();
        Stream<DdlStep> together = Stream.concat(sync.stream(), drops.stream())
                .reduce(DdlStep::together)
                .stream();
        return Stream.concat(together, all.stream().filter(step -> !drops.contains(step))).toList();
    }

    /**
     * Where a column was renamed, old and new must be equal in every row before the old one goes: a load that fired no
     * triggers would be lost with it. Each by itself, since somebody may have dropped one of the old columns by hand.
     * Computed columns are not looked at: new code may have given them other values.
     */
    private static List<LastLookStep> lastLooks(List<SyncRule> rules, List<Fill> fills) {
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

    private static VerifyStep verify(BackfillStep step, boolean wholeTable) {
        return new VerifyStep("verify", "compare every row with: " + step.title(), step, wholeTable);
    }

    private static String gate(List<Parts> parts) {
        return parts.stream().map(Parts::gate).flatMap(Optional::stream).distinct().collect(Collectors.joining("; "));
    }

    /** One pass over the table for all structural operations: each row is written once, not once an operation. */
    private static Optional<BackfillStep> common(List<Fill> fills) {
        if (fills.isEmpty()) {
            return Optional.empty();
        }
        List<Assignment> assignments = fills.stream()
                .map(fill -> fills.size() == 1 || fill.always()
                        ? fill.assignment()
                        : new Assignment(
                                fill.assignment().column(),
                                "CASE WHEN %s THEN (%s) ELSE %s END"
                                        .formatted(
                                                fill.pending(),
                                                fill.assignment().expression(),
                                                fill.assignment().column())))
                .toList();
        String pending = fills.size() == 1
                ? fills.getFirst().pending()
                : fills.stream().map(fill -> "(" + fill.pending() + ")").collect(Collectors.joining(" OR "));
        String title = "fill "
                + assignments.stream().map(a -> a.column().sql()).collect(Collectors.joining(", "));
        return Optional.of(
                new BackfillStep(
                        "backfill", title, new RowWork.Assign(assignments), Optional.of(pending),
                        Discipline.CONVERGENT));
    }

    private static <T> List<T> all(List<Parts> parts, Function<Parts, List<T>> which) {
        return parts.stream().map(which).flatMap(List::stream).toList();
    }

    private static void add(List<PlannedStep> steps, Step step) {
        steps.add(new PlannedStep(id(steps.size() + 1, step), step));
    }

    private static StepId id(int number, Step step) {
        return new StepId("%02d-%s".formatted(number, step.slug()).toLowerCase(Locale.ROOT));
    }
}
