package dev.neap.change.yaml;

import dev.neap.change.operation.DropColumn;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link DropColumn} is written. */
final class DropColumnForm {

    private static final Key<Identifier> NAME = Key.required("name", Scalars.NAME,
            "The column that is dropped, with its values.", "email");

    static final OperationForm FORM = OperationForm.of(
                    DropColumn.class,
                    "drop_column",
                    "Drops a column, last of all, when the change is completed. What depends on it is never dropped"
                            + " with it.",
                    List.of(NAME),
                    fields -> new DropColumn(fields.get(NAME)))
            .alsoInContract();

    private DropColumnForm() {}
}
