package dev.neap.plan;

import dev.neap.catalog.Fact;
import dev.neap.change.ChangeName;
import dev.neap.change.operation.Fill;
import dev.neap.change.operation.Names;
import dev.neap.change.operation.Parts;
import dev.neap.change.operation.Swap;
import dev.neap.change.operation.SyncRule;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Assignment;
import dev.neap.step.BackfillStep.Discipline;
import dev.neap.step.DdlStep;
import dev.neap.step.LastLookStep;
import dev.neap.step.RowWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all structural operations together do with the rows of one table: those written meanwhile, by its sync triggers,
 * and those of before, by one pass over it.
 *
 * @param own whether it is the change's own table
 */
record RowShare(Ground ground, boolean own, Content content, Names names) {

    private static final String HOLD_THE_SAME = "see that old and new columns hold the same";

    /**
     * What operations want of the rows.
     *
     * @param rules of the sync triggers
     * @param fills shares of the pass
     * @param swaps columns that change places after it
     */
    record Content(List<SyncRule> rules, List<Fill> fills, List<Swap> swaps) {
        Content {
            rules = List.copyOf(rules);
            fills = List.copyOf(fills);
            swaps = List.copyOf(swaps);
        }
    }

    /** The shares of all tables, the change's own first. */
    static List<RowShare> of(ChangeName change, Grounds grounds, List<Parts> parts) {
        Names names = new Names(change);
        List<RowShare> shares = new ArrayList<>();
        shares.add(new RowShare(
                grounds.own(),
                true,
                new Content(
                        parts.stream().flatMap(part -> part.sync().stream()).toList(),
                        parts.stream().flatMap(part -> part.fills().stream()).toList(),
                        parts.stream().flatMap(part -> part.swaps().stream()).toList()),
                names));
        grounds.neighbours()
                .forEach((table, ground) -> shares.add(new RowShare(
                        ground,
                        false,
                        new Content(
                                elsewhere(parts, table).flatMap(other -> other.sync().stream()).toList(),
                                elsewhere(parts, table).flatMap(other -> other.fills().stream()).toList(),
                                elsewhere(parts, table).flatMap(other -> other.swaps().stream()).toList()),
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
        return content.rules().isEmpty()
                ? Optional.empty()
                : Optional.of(new SyncTrigger(ground.table(), ground.walk(), content.rules(), names));
    }

    /** What keeps rows right from then on; empty if no row has to be. */
    Optional<DdlStep> sync() {
        return triggers().map(SyncTrigger::create).map(this::here);
    }

    /** How that ends. */
    Optional<DdlStep> farewell() {
        return triggers().map(SyncTrigger::drop).map(this::here);
    }

    /** So that queries are planned as well with columns that change places as before, from the first one on. */
    DdlStep analyze() {
        return here(swapStep().analyze());
    }

    /**
     * The transaction in which columns change places; empty if none do.
     *
     * @param others those of other tables before it
     */
    Optional<DdlStep> swap(List<DdlStep> others) {
        return content.swaps().isEmpty()
                ? Optional.empty()
                : Optional.of(here(swapStep().of(content.swaps(), others)));
    }

    private SwapStep swapStep() {
        return new SwapStep(ground.table(), ground.walk(), content.rules(), names);
    }

    private DdlStep here(DdlStep step) {
        return own ? step : step.on(ground.table().name());
    }

    /** One pass over the table for all structural operations: each row is written once, not once an operation. */
    Optional<BackfillStep> pass() {
        return common(content.fills());
    }

    /**
     * Where old and new columns stand for one thing, either must be what the other makes of it in every row before the old
     * ones go: a load that fired no triggers would be lost with them. Each pair of sides by itself, since somebody may have
     * dropped one of the old columns by hand. Computed columns are not looked at: new code may have given them other values.
     */
    List<LastLookStep> lastLooks() {
        return Stream.concat(looksAtSides(), looksAtSwaps()).toList();
    }

    private Stream<LastLookStep> looksAtSwaps() {
        return content.swaps()
                .stream()
                .flatMap(swap -> swap.lastLook()
                        .flatMap(fill -> common(List.of(fill)))
                        .map(step -> new LastLookStep("last-look", HOLD_THE_SAME, step, swap.swapped(), retyped()))
                        .stream());
    }

    private Stream<LastLookStep> looksAtSides() {
        return content.rules()
                .stream()
                .filter(SyncRule.Sides.class::isInstance)
                .map(SyncRule.Sides.class::cast)
                .flatMap(sides -> common(content.fills()
                        .stream()
                        .filter(fill -> isOf(sides, fill))
                        .toList())
                        .map(step -> lastLook(sides, step))
                        .stream());
    }

    private static boolean isOf(SyncRule.Sides sides, Fill fill) {
        return sides.fresh().stream().anyMatch(value -> value.column().equals(fill.assignment().column()));
    }

    private Map<Identifier, String> retyped() {
        Map<Identifier, String> types = new LinkedHashMap<>();
        content.swaps().forEach(swap -> types.put(swap.column(), swap.type()));
        return types;
    }

    private LastLookStep lastLook(SyncRule.Sides sides, BackfillStep step) {
        return new LastLookStep(
                "last-look",
                sides.mirrors() ? "see that both names hold the same" : HOLD_THE_SAME,
                step,
                sides.columns()
                        .stream()
                        .<Fact>map(Fact.HasColumn::new)
                        .reduce(Fact.And::new)
                        .orElseThrow(),
                retyped());
    }

    private Optional<BackfillStep> common(List<Fill> some) {
        if (some.isEmpty()) {
            return Optional.empty();
        }
        List<String> conditions = some.stream().map(Fill::pending).distinct().toList();
        List<Assignment> assignments = some.stream()
                .map(fill -> conditions.size() == 1 || fill.always()
                        ? fill.assignment()
                        : new Assignment(
                                fill.assignment().column(),
                                "CASE WHEN %s THEN (%s) ELSE %s END"
                                        .formatted(
                                                fill.pending(),
                                                fill.assignment().expression(),
                                                fill.assignment().column())))
                .toList();
        String pending = conditions.size() == 1
                ? conditions.getFirst()
                : conditions.stream().map(condition -> "(" + condition + ")").collect(Collectors.joining(" OR "));
        String title = "fill "
                + assignments.stream().map(a -> a.column().sql()).collect(Collectors.joining(", "))
                + (own ? "" : " of table " + ground.table().name());
        return Optional.of(
                new BackfillStep(
                        "backfill", title, new RowWork.Assign(assignments), Optional.of(pending),
                        Discipline.CONVERGENT));
    }
}
