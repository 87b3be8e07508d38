package dev.neap.change.yaml;

import dev.neap.change.operation.DropIndex;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link DropIndex} is written. */
final class DropIndexForm {

    private static final Key<Identifier> NAME = Key.required(
            "name", Scalars.NAME, "The index that is dropped.", "orders_status_idx");

    static final OperationForm FORM = OperationForm.of(
            DropIndex.class,
            "drop_index",
            "Drops an index while everyone reads and writes: at once under operations, when the change is completed under contract.",
            List.of(NAME),
            fields -> new DropIndex(fields.get(NAME)))
            .alsoInContract();

    private DropIndexForm() {}
}
