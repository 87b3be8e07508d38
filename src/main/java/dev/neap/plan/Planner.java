package dev.neap.plan;

import dev.neap.catalog.Snapshot;
import dev.neap.catalog.Table;
import dev.neap.change.Change;
import dev.neap.change.ChangeName;
import dev.neap.change.Problem;
import dev.neap.change.operation.Fill;
import dev.neap.change.operation.Names;
import dev.neap.change.operation.Operation;
import dev.neap.change.operation.Parts;
import dev.neap.change.operation.Replacement;
import dev.neap.change.operation.Target;
import dev.neap.sql.Identifier;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Discipline;
import dev.neap.step.DdlStep;
import dev.neap.step.GateStep;
import dev.neap.step.RowWork;
import dev.neap.step.VerifyStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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
        List<Problem> twice = new ArrayList<>(filledTwice(operations, parts));
        twice.addAll(SharedColumns.problems(
                change, operations.stream().map(Planned::target).toList(), parts));
        if (!twice.isEmpty()) {
            throw new Refused(twice);
        }
        List<Problem> unnoted = Losses.unnoted(
                change, operations.stream().map(planned -> planned.target().at()).toList(), parts);
        if (!unnoted.isEmpty()) {
            throw new Refused(unnoted);
        }
        Grounds grounds = Grounds.choose(change, snapshot, parts);
        return new Plan(change, grounds.own(), steps(change, snapshot, grounds, parts));
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
            Target target = new Target(
                    located.at(), table, snapshot.answers(), names, snapshot.neighbours());
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

    private static List<PlannedStep> steps(Change change, Snapshot snapshot, Grounds grounds, List<Parts> parts) {
        Table table = snapshot.table();
        Walk walk = grounds.own().walk();
        StepList steps = new StepList(grounds);
        all(parts, Parts::expand).forEach(steps::add);

        List<RowShare> shares = RowShare.of(change.name(), grounds, parts);
        shares.forEach(share -> share.sync().ifPresent(steps::add));

        List<GuardTrigger> guards = new ArrayList<>();
        int moves = 0;
        shares.forEach(share -> share.pass().ifPresent(pass -> steps.add(pass, share.ground())));
        for (BackfillStep backfill : all(parts, Parts::backfills)) {
            if (backfill.discipline() == Discipline.ONCE && walk.keyed().isPresent()) {
                GuardTrigger guard = new GuardTrigger(
                        change.name(),
                        table,
                        walk,
                        backfill,
                        steps.id(1, backfill),
                        guards.size() + 1);
                guards.add(guard);
                steps.add(guard.create());
                steps.add(backfill);
            } else {
                followed(new Rows(change.name(), table, walk, snapshot.owned()), backfill, ++moves, steps);
            }
        }
        shares.forEach(share -> share.pass().ifPresent(pass -> steps.add(verify(pass, true), share.ground())));

        guards.forEach(guard -> steps.add(guard.drop()));
        all(parts, Parts::constrain).forEach(steps::add);
        List<DdlStep> others = new ArrayList<>();
        shares.stream().skip(1).forEach(share -> swapped(share, List.of(), steps).ifPresent(others::add));
        all(parts, Parts::release).forEach(steps::add);
        swapped(shares.getFirst(), others, steps);

        StepList contract = new StepList(grounds);
        shares.forEach(share -> share.lastLooks().forEach(look -> contract.add(look, share.ground())));
        all(parts, Parts::backfills).stream()
                .flatMap(backfill -> Replacement.lastLook(backfill, table, new Names(change.name())).stream())
                .forEach(contract::add);
        all(parts, Parts::handover).forEach(contract::add);
        farewell(shares, parts).forEach(contract::add);
        if (!contract.steps().isEmpty()) {
            steps.add(new GateStep("gate", gate(parts)));
            contract.steps().forEach(planned -> steps.add(planned.step(), planned.ground()));
        }
        return steps.steps();
    }

    /** Constraints and indexes may take hours to be made: the rows are looked at again, before they become the truth. */
    private static Optional<DdlStep> swapped(RowShare share, List<DdlStep> others, StepList steps) {
        return share.swap(others).map(swap -> {
            steps.add(share.analyze());
            share.pass().ifPresent(pass -> steps.add(verify(pass, true).again(), share.ground()));
            steps.add(swap);
            return swap;
        });
    }

    /**
     * Verified before the next backfill may change what this one is computed from; by block, a row that was there when the
     * backfill began may have moved beyond the end that the table had then.
     */
    private static void followed(Rows rows, BackfillStep backfill, int number, StepList steps) {
        if (backfill.work() instanceof RowWork.Assign) {
            MoveTrigger move = new MoveTrigger(rows.change(), rows.table(), rows.walk(), backfill, number);
            steps.add(move.create());
            steps.add(backfill);
            steps.add(verify(backfill, rows.walk().byAddress()));
            steps.add(move.drop());
            return;
        }
        if (backfill.work() instanceof RowWork.Mirror) {
            // The trigger by which the other table follows is in place: no row can get out of the way.
            steps.add(backfill);
            steps.add(verify(backfill, true));
            return;
        }
        if (!rows.owned()) {
            // Deleting, archiving and copying take no more than their privileges: without a trigger, then.
            steps.add(backfill);
            steps.add(verify(backfill, rows.walk().byAddress()));
            return;
        }
        MoveNotes notes = new MoveNotes(
                rows.change(), rows.table(), rows.walk(), backfill, steps.id(1, backfill), number);
        steps.add(notes.create());
        steps.add(backfill);
        steps.add(verify(backfill, rows.walk().byAddress()));
        steps.add(notes.lookUp());
        steps.add(notes.drop());
    }

    /** How the rows of a change are visited. */
    private record Rows(ChangeName change, Table table, Walk walk, boolean owned) {}

    /**
     * The sync triggers of a table and the columns that they served go in one transaction: in between, a writer who relies
     * on the trigger for a NOT NULL column would fail.
     */
    private static List<DdlStep> farewell(List<RowShare> shares, List<Parts> parts) {
        List<DdlStep> all = all(parts, Parts::contract);
        List<DdlStep> drops = all.stream().filter(step -> step.slug().equals("drop-column")).toList();
        Stream<DdlStep> syncs = shares.stream().flatMap(share -> share.farewell().stream());
        Stream<DdlStep> together = Stream.concat(syncs, drops.stream())
                .collect(Collectors.groupingBy(
                        DdlStep::on, LinkedHashMap::new, Collectors.reducing(DdlStep::together)))
                .values()
                .stream()
                .flatMap(Optional::stream);
        return Stream.concat(together, all.stream().filter(step -> !drops.contains(step))).toList();
    }

    private static VerifyStep verify(BackfillStep step, boolean wholeTable) {
        return new VerifyStep("verify", "compare every row with: " + step.title(), step, wholeTable);
    }

    private static String gate(List<Parts> parts) {
        return parts.stream().map(Parts::gate).flatMap(Optional::stream).distinct().collect(Collectors.joining("; "));
    }

    private static <T> List<T> all(List<Parts> parts, Function<Parts, List<T>> which) {
        return parts.stream().map(which).flatMap(List::stream).toList();
    }
}
