package dev.neap.change.operation;

import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.DdlStep;
import dev.neap.step.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one operation adds to a plan; the planner puts the parts of all operations in order.
 *
 * @param expand new structure
 * @param sync rules for rows written meanwhile
 * @param fills shares of the common pass over the table
 * @param backfills passes of its own
 * @param constrain what needs right rows
 * @param swaps columns that change places, once all right rows have their constraints; those of other tables before those
 *     of the change's own
 * @param release what lets go of the old columns of other tables, between the one and the other
 * @param handover contract steps while the sync triggers still stand
 * @param contract contract steps after the sync triggers have gone
 * @param gate what must be so before the contract; empty if nothing is to contract
 * @param elsewhere what is done with rows of other tables; their DDL steps stand among those of the change's own, since
 *     their order counts
 */
public record Parts(
        List<DdlStep> expand,
        List<SyncRule> sync,
        List<Fill> fills,
        List<BackfillStep> backfills,
        List<DdlStep> constrain,
        List<Swap> swaps,
        List<DdlStep> release,
        List<DdlStep> handover,
        List<DdlStep> contract,
        Optional<String> gate,
        List<Elsewhere> elsewhere) {

    /**
     * The share of another table.
     *
     * @param sync rules for its rows written meanwhile
     * @param fills shares of the one pass over it
     * @param swaps of its columns
     */
    public record Elsewhere(QualifiedName table, List<SyncRule> sync, List<Fill> fills, List<Swap> swaps) {
        public Elsewhere {
            sync = List.copyOf(sync);
            fills = List.copyOf(fills);
            swaps = List.copyOf(swaps);
        }
    }

    public static Parts none() {
        return new Parts(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                Optional.empty(), List.of());
    }

    Parts expand(DdlStep... steps) {
        return new Parts(append(expand, List.of(steps)), sync, fills, backfills, constrain, swaps, release, handover,
                contract, gate, elsewhere);
    }

    Parts sync(SyncRule rule) {
        return new Parts(expand, append(sync, List.of(rule)), fills, backfills, constrain, swaps, release, handover,
                contract, gate, elsewhere);
    }

    Parts fill(Fill fill) {
        return new Parts(expand, sync, append(fills, List.of(fill)), backfills, constrain, swaps, release, handover,
                contract, gate, elsewhere);
    }

    Parts backfill(BackfillStep step) {
        return new Parts(expand, sync, fills, append(backfills, List.of(step)), constrain, swaps, release, handover,
                contract, gate, elsewhere);
    }

    Parts constrain(List<DdlStep> steps) {
        return new Parts(expand, sync, fills, backfills, append(constrain, steps), swaps, release, handover, contract,
                gate, elsewhere);
    }

    Parts swap(Swap swap) {
        return new Parts(expand, sync, fills, backfills, constrain, append(swaps, List.of(swap)), release, handover,
                contract, gate, elsewhere);
    }

    Parts release(DdlStep step) {
        return new Parts(expand, sync, fills, backfills, constrain, swaps, append(release, List.of(step)), handover,
                contract, gate, elsewhere);
    }

    Parts handover(DdlStep... steps) {
        return new Parts(expand, sync, fills, backfills, constrain, swaps, release, append(handover, List.of(steps)),
                contract, gate, elsewhere);
    }

    Parts contract(DdlStep... steps) {
        return new Parts(expand, sync, fills, backfills, constrain, swaps, release, handover,
                append(contract, List.of(steps)), gate, elsewhere);
    }

    Parts gate(String question) {
        return new Parts(expand, sync, fills, backfills, constrain, swaps, release, handover, contract,
                Optional.of(question), elsewhere);
    }

    /**
     * The same for another table than the change's own.
     *
     * @throws IllegalStateException if it has a backfill of its own, or a gate
     */
    Parts on(QualifiedName table) {
        if (!backfills.isEmpty() || gate.isPresent() || !elsewhere.isEmpty()) {
            throw new IllegalStateException("Only the change's own table has backfills and a gate.");
        }
        return new Parts(
                moved(expand, table), List.of(), List.of(), List.of(), moved(constrain, table), List.of(),
                moved(release, table), moved(handover, table), moved(contract, table), gate,
                List.of(new Elsewhere(table, sync, fills, swaps)));
    }

    private static List<DdlStep> moved(List<DdlStep> steps, QualifiedName table) {
        return steps.stream().map(step -> step.on(table)).toList();
    }

    /** These, then others. */
    Parts plus(Parts more) {
        return new Parts(
                append(expand, more.expand),
                append(sync, more.sync),
                append(fills, more.fills),
                append(backfills, more.backfills),
                append(constrain, more.constrain),
                append(swaps, more.swaps),
                append(release, more.release),
                append(handover, more.handover),
                append(contract, more.contract),
                gate.or(more::gate),
                append(elsewhere, more.elsewhere));
    }

    /** All its steps, whatever their order. */
    public Stream<Step> steps() {
        return Stream.of(expand, backfills, constrain, handover, contract).flatMap(List::stream);
    }

    private static <T> List<T> append(List<T> list, List<T> more) {
        return Stream.concat(list.stream(), more.stream()).toList();
    }
}
