package dev.neap.change.yaml;

import dev.neap.change.operation.RenameColumn;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link RenameColumn} is written. */
final class RenameColumnForm {

    private static final Key<Identifier> FROM = Key.required("from", Scalars.NAME, "The name that the column has.",
            "email");
    private static final Key<Identifier> TO = Key.required("to", Scalars.NAME, "The name that it gets.",
            "email_address");

    static final OperationForm FORM = OperationForm.of(
            RenameColumn.class,
            "rename_column",
            "Renames a column while old code uses the old name and new code the new one: both exist, each follows the"
                    + " other, until the change is completed.",
            List.of(FROM, TO),
            fields -> new RenameColumn(fields.get(FROM), fields.get(TO)));

    private RenameColumnForm() {}
}
