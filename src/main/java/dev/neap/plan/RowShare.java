package dev.neap.plan;

import dev.neap.change.ChangeName;
import dev.neap.change.operation.Fill;
import dev.neap.change.operation.Names;
import dev.neap.change.operation.Parts;
import dev.neap.change.operation.Swap;
import dev.neap.change.operation.SyncRule;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.DdlStep;
import dev.neap.step.LastLookStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What all structural operations together do with the rows of one table: those written meanwhile, by its sync triggers,
 * and those of before, by one pass over it.
 *
 * @param own whether it is the change's own table
 */
record RowShare(Ground ground, boolean own, List<SyncRule> rules, List<Fill> fills, List<Swap> swaps, Names names) {

    /** The shares of all tables, the change's own first. */
    static List<RowShare> of(ChangeName change, Grounds grounds, List<Parts> parts) {
        Names names = new Names(change);
        List<RowShare> shares = new ArrayList<>();
        shares.add(new RowShare(
                grounds.own(),
                true,
                parts.stream().flatMap(part -> part.sync().stream()).toList(),
                parts.stream().flatMap(part -> part.fills().stream()).toList(),
                parts.stream().flatMap(part -> part.swaps().stream()).toList(),
                names));
        grounds.neighbours()
                .forEach((table, ground) -> shares.add(new RowShare(
                        ground,
                        false,
                        elsewhere(parts, table).flatMap(elsewhere -> elsewhere.sync().stream()).toList(),
                        elsewhere(parts, table).flatMap(elsewhere -> elsewhere.fills().stream()).toList(),
                        elsewhere(parts, table).flatMap(elsewhere -> elsewhere.swaps().stream()).toList(),
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

    /** A step as it stands in the plan: on this table. */
    DdlStep here(DdlStep step) {
        return own ? step : step.on(ground.table().name());
    }

    /** One pass over the table for all structural operations: each row is written once, not once an operation. */
    Optional<BackfillStep> pass() {
        return CommonPass.of(fills).map(step -> own ? step : step.of(ground.table().name()));
    }

    /** How columns change places; empty if none do. */
    Optional<SwapStep> swap() {
        return swaps.isEmpty()
                ? Optional.empty()
                : Optional.of(new SwapStep(ground.table(), ground.walk(), rules, names));
    }

    List<LastLookStep> lastLooks() {
        return LastLooks.of(rules, fills);
    }
}
