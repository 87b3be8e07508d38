package dev.neap.change.yaml;

import dev.neap.change.operation.SetNotNull;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link SetNotNull} is written. */
final class SetNotNullForm {

    private static final Key<Identifier> COLUMN = Key.required("column", Scalars.NAME,
            "The column that becomes NOT NULL.", "country");
    private static final Key<String> FILL = Key.optional(
            "fill",
            Scalars.SQL,
            "SQL for the value of rows that are NULL, and of NULLs that old code still writes until the change is"
                    + " completed. Without it the change fails if any row is NULL.",
            "'unknown'");

    static final OperationForm FORM = OperationForm.of(
            SetNotNull.class,
            "set_not_null",
            "Makes a column NOT NULL without a scan that blocks anyone.",
            List.of(COLUMN, FILL),
            fields -> new SetNotNull(fields.get(COLUMN), fields.find(FILL)));

    private SetNotNullForm() {}
}
