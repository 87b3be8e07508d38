package dev.neap.change.yaml;

import dev.neap.change.operation.DropColumn;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link DropColumn} is written. */
final class DropColumnForm {

    private static final Key<Identifier> NAME = Key.required("name", Scalars.NAME,
            "The column that is dropped, with its values.", "email");

    private static final Key<String> DOWN = Key.optional(
            "down",
            Scalars.SQL,
            "SQL for the value that the column gets, until it is dropped, in rows whose writer gives it none: new code can"
                    + " then forget a NOT NULL column before it is gone.",
            "email_normalized");

    static final OperationForm FORM = OperationForm.of(
            DropColumn.class,
            "drop_column",
            "Drops a column, last of all, when the change is completed. What depends on it is never dropped"
                    + " with it.",
            List.of(NAME, DOWN),
            fields -> new DropColumn(fields.get(NAME), fields.find(DOWN)))
            .alsoInContract();

    private DropColumnForm() {}
}
