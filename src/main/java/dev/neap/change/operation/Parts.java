package dev.neap.change.operation;

import dev.neap.step.BackfillStep;
import dev.neap.step.DdlStep;
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
 * @param swaps columns that change places, once all right rows have their constraints
 * @param handover contract steps while the sync triggers still stand
 * @param contract contract steps after the sync triggers have gone
 * @param gate what must be so before the contract; empty if nothing is to contract
 */
public record Parts(
        List<DdlStep> expand,
        List<SyncRule> sync,
        List<Fill> fills,
        List<BackfillStep> backfills,
        List<DdlStep> constrain,
        List<Swap> swaps,
        List<DdlStep> handover,
        List<DdlStep> contract,
        Optional<String> gate) {

    public static Parts none() {
        return new Parts(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                Optional.empty());
    }

    Parts expand(DdlStep... steps) {
        return new Parts(append(expand, List.of(steps)), sync, fills, backfills, constrain, swaps, handover, contract, gate);
    }

    Parts sync(SyncRule rule) {
        return new Parts(expand, append(sync, List.of(rule)), fills, backfills, constrain, swaps, handover, contract, gate);
    }

    Parts fill(Fill fill) {
        return new Parts(expand, sync, append(fills, List.of(fill)), backfills, constrain, swaps, handover, contract, gate);
    }

    Parts backfill(BackfillStep step) {
        return new Parts(expand, sync, fills, append(backfills, List.of(step)), constrain, swaps, handover, contract, gate);
    }

    Parts constrain(List<DdlStep> steps) {
        return new Parts(
                expand, sync, fills, backfills, append(constrain, steps), swaps, handover, contract,
                gate);
    }

    Parts swap(Swap swap) {
        return new Parts(
                expand, sync, fills, backfills, constrain, append(swaps, List.of(swap)), handover, contract, gate);
    }

    Parts handover(DdlStep... steps) {
        return new Parts(expand, sync, fills, backfills, constrain, swaps, append(handover, List.of(steps)), contract, gate);
    }

    Parts contract(DdlStep... steps) {
        return new Parts(expand, sync, fills, backfills, constrain, swaps, handover, append(contract, List.of(steps)), gate);
    }

    Parts gate(String question) {
        return new Parts(expand, sync, fills, backfills, constrain, swaps, handover, contract, Optional.of(question));
    }

    private static <T> List<T> append(List<T> list, List<T> more) {
        return Stream.concat(list.stream(), more.stream()).toList();
    }
}
