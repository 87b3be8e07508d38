package dev.neap.change;

import dev.neap.change.operation.Operation;
import dev.neap.sql.QualifiedName;
import dev.neap.window.Window;
import java.util.List;
import java.util.Optional;

/**
 * What one change file asks for.
 *
 * @param operations what to do, in this order; may be empty only if {@code contract} is not
 * @param contract what to do last, after the gate
 * @param window in which hours it may be done; as the configuration says if empty
 * @param irreversible needed where data goes for good
 */
public record Change(
        ChangeName name,
        QualifiedName table,
        List<Operation> operations,
        List<Operation> contract,
        BackfillOptions backfill,
        PaceOptions pace,
        Optional<Window> window,
        Optional<IrreversibleNote> irreversible) {

    public Change {
        operations = List.copyOf(operations);
        contract = List.copyOf(contract);
    }

    /** One that says nothing of hours and of lost data. */
    public Change(
            ChangeName name,
            QualifiedName table,
            List<Operation> operations,
            List<Operation> contract,
            BackfillOptions backfill,
            PaceOptions pace) {
        this(name, table, operations, contract, backfill, pace, Optional.empty(), Optional.empty());
    }

    /** The same with a note on the data that goes for good. */
    public Change noting(IrreversibleNote note) {
        return new Change(name, table, operations, contract, backfill, pace, window, Optional.of(note));
    }

    /**
     * This change as tuned by another reading of its file. The order in which the table is walked stays: checkpoints are
     * made of it.
     */
    public Change tunedLike(Change other) {
        return new Change(
                name, table, operations, contract, other.backfill().in(backfill.order()), other.pace(),
                other.window(), irreversible);
    }
}
