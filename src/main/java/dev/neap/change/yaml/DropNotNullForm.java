package dev.neap.change.yaml;

import dev.neap.change.operation.DropNotNull;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link DropNotNull} is written. */
final class DropNotNullForm {

    private static final Key<Identifier> COLUMN = Key.required(
            "column", Scalars.NAME, "The column that may be NULL afterwards.", "middle_name");

    static final OperationForm FORM = OperationForm.of(
            DropNotNull.class,
            "drop_not_null",
            "Lets a column be NULL.",
            List.of(COLUMN),
            fields -> new DropNotNull(fields.get(COLUMN)));

    private DropNotNullForm() {}
}
