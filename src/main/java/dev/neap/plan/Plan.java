package dev.neap.plan;

import dev.neap.catalog.Fact;
import dev.neap.catalog.Table;
import dev.neap.change.Change;
import dev.neap.change.Fingerprint;
import dev.neap.change.Outline;
import dev.neap.sql.Identifier;
import dev.neap.step.BackfillStep;
import dev.neap.step.DdlStep;
import dev.neap.step.GateStep;
import dev.neap.step.Phase;
import dev.neap.step.RowWork;
import dev.neap.step.Step;
import dev.neap.step.StepId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ordered steps that carry out a change on a table as it was when the run began, and on the tables that have to change
 * with it.
 *
 * @param ground the change's own table
 * @param steps in order, all phases; at most one gate
 */
public record Plan(Change change, Ground ground, List<PlannedStep> steps) {

    public Plan {
        steps = List.copyOf(steps);
    }

    /** The change's own table, before the first step. */
    public Table table() {
        return ground.table();
    }

    /** How the rows of the change's own table are visited. */
    public Walk walk() {
        return ground.walk();
    }

    /** Every table that a step works on, the change's own first. */
    public List<Ground> grounds() {
        return Stream.concat(Stream.of(ground), steps.stream().map(PlannedStep::ground)).distinct().toList();
    }

    /** What this plan does to one of its tables, as if nothing else were to be done. */
    public Plan on(Ground other) {
        return new Plan(
                change,
                other,
                steps.stream()
                        .filter(planned -> planned.ground().equals(other) || planned.step() instanceof GateStep)
                        .map(planned -> new PlannedStep(planned.id(), planned.step(), other))
                        .toList());
    }

    /** The steps up to the gate, or all if there is none. */
    public List<PlannedStep> beforeGate() {
        return steps.stream().takeWhile(planned -> !(planned.step() instanceof GateStep)).toList();
    }

    /** The steps that only {@code complete} runs; empty if nothing is to contract. */
    public List<PlannedStep> afterGate() {
        return steps.stream()
                .dropWhile(planned -> !(planned.step() instanceof GateStep))
                .skip(1)
                .toList();
    }

    /** Whether some step changes rows. */
    public boolean visitsRows() {
        return steps.stream().anyMatch(planned -> planned.step() instanceof BackfillStep);
    }

    public boolean hasGate() {
        return steps.stream().anyMatch(planned -> planned.step() instanceof GateStep);
    }

    /** What must be so before the contract may run, as a clause; empty text if nothing is to contract. */
    public String gate() {
        return steps.stream()
                .map(PlannedStep::step)
                .filter(GateStep.class::isInstance)
                .map(Step::title)
                .findFirst()
                .orElse("");
    }

    /** The steps of one phase, in order. */
    public List<PlannedStep> of(Phase phase) {
        return steps.stream().filter(planned -> planned.step().phase() == phase).toList();
    }

    /** Whether the step is a backfill that may do no row twice. */
    public boolean changesOnce(StepId id) {
        return steps.stream()
                .anyMatch(planned -> planned.id().equals(id)
                        && planned.step() instanceof BackfillStep backfill
                        && backfill.discipline() == BackfillStep.Discipline.ONCE);
    }

    /** What data its contract destroys, as clauses; empty if none. */
    public List<String> losses() {
        return afterGate().stream()
                .map(PlannedStep::step)
                .map(Step::loss)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** Whether any step destroys data, so that the change has to carry its note. */
    public boolean destroys() {
        return steps.stream().anyMatch(planned -> planned.step().loss().isPresent());
    }

    /** What no rollback takes back, as clauses. */
    public String lasting() {
        Stream<String> structure = beforeGate().stream()
                .map(PlannedStep::step)
                .filter(DdlStep.class::isInstance)
                .flatMap(step -> ((DdlStep) step).irreversible().stream());
        return Stream.concat(structure, rows()).distinct().collect(Collectors.joining(", "));
    }

    private Stream<String> rows() {
        return steps.stream()
                .map(PlannedStep::step)
                .filter(BackfillStep.class::isInstance)
                .map(step -> switch (((BackfillStep) step).work()) {
                    case RowWork.Assign assign -> "values that a backfill wrote into columns of old are kept";
                    case RowWork.Transform transform -> "values that a transform wrote into columns of old are kept";
                    case RowWork.Delete delete -> "rows that it deleted are gone for good";
                    case RowWork.Archive archive -> "archived rows stay in " + archive.into();
                    case RowWork.Copy copy -> "copied rows stay in " + copy.into();
                    case RowWork.Mirror mirror -> "";
                })
                .filter(clause -> !clause.isEmpty());
    }

    /** The steps before the gate that can be taken back, the last first. */
    public List<PlannedStep> undoable() {
        List<PlannedStep> undoable = new ArrayList<>(beforeGate().stream()
                .filter(planned -> planned.step() instanceof DdlStep ddl && ddl.undo().isPresent())
                .toList());
        java.util.Collections.reverse(undoable);
        return undoable;
    }

    /** The columns of before that the contract drops. */
    public Set<Identifier> contracted() {
        return afterGate().stream()
                .map(PlannedStep::step)
                .filter(DdlStep.class::isInstance)
                .flatMap(step -> gone(((DdlStep) step).doneWhen()))
                .filter(column -> table().column(column).isPresent())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The columns that a rollback drops. */
    public Set<Identifier> takenBack() {
        return undoable().stream()
                .flatMap(planned -> ((DdlStep) planned.step()).undo().stream())
                .flatMap(undo -> gone(undo.undoneWhen()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The columns that are not there once the fact holds. */
    private static Stream<Identifier> gone(Fact fact) {
        return switch (fact) {
            case Fact.And and -> Stream.concat(gone(and.left()), gone(and.right()));
            case Fact.Not not when not.fact() instanceof Fact.HasColumn has -> Stream.of(has.column());
            case Fact.Not not -> Stream.empty();
            case Fact.HasColumn has -> Stream.empty();
            case Fact.IsNotNull is -> Stream.empty();
            case Fact.IsOfType is -> Stream.empty();
            case Fact.HasDefault has -> Stream.empty();
            case Fact.HasDefaultOf has -> Stream.empty();
            case Fact.HasConstraint has -> Stream.empty();
            case Fact.IsValidated is -> Stream.empty();
            case Fact.HasIndex has -> Stream.empty();
            case Fact.HasValidIndex has -> Stream.empty();
            case Fact.HasTrigger has -> Stream.empty();
            case Fact.Or or -> Stream.empty();
            case Fact.Says says -> Stream.empty();
            case Fact.Never never -> Stream.empty();
            case Fact.Recorded recorded -> Stream.empty();
        };
    }

    /**
     * Tells whether another version of Neap would make the same plan: a digest of what all its steps say.
     */
    public Fingerprint fingerprint() {
        String walks = grounds().stream().map(there -> "\n" + there.walk()).collect(Collectors.joining());
        String said = steps.stream()
                .map(planned -> "\n%s %s: %s".formatted(planned.id(), planned.ground().table().name(), planned.step()))
                .collect(Collectors.joining());
        return Fingerprint.ofText(String.join("\n", Outline.of(change).lines()) + walks + said);
    }
}
