package dev.neap.change;

import dev.neap.change.operation.Operation;
import dev.neap.sql.QualifiedName;
import java.util.List;

/**
 * What one change file asks for.
 *
 * @param operations what to do, in this order; may be empty only if {@code contract} is not
 * @param contract what to do last, after the gate
 */
public record Change(
        ChangeName name,
        QualifiedName table,
        List<Operation> operations,
        List<Operation> contract,
        BackfillOptions backfill,
        PaceOptions pace) {

    public Change {
        operations = List.copyOf(operations);
        contract = List.copyOf(contract);
    }

    /**
     * This change as tuned by another reading of its file. The order in which the table is walked stays: checkpoints are
     * made of it.
     */
    public Change tunedLike(Change other) {
        return new Change(
                name, table, operations, contract, other.backfill().in(backfill.order()), other.pace());
    }
}
