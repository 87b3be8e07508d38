package dev.neap.change.yaml;

import dev.neap.change.operation.DeleteRows;
import java.util.List;

/** How {@link DeleteRows} is written. */
final class DeleteRowsForm {

    private static final Key<String> WHERE = Key.required(
            "where", Scalars.TEXT, "The rows that are deleted, as an SQL condition.", "expires_at < '2025-01-01'");

    static final OperationForm FORM = OperationForm.of(
            DeleteRows.class,
            "delete",
            "Deletes the rows that meet a condition, range by range. Nothing brings them back.",
            List.of(WHERE),
            fields -> new DeleteRows(fields.get(WHERE)));

    private DeleteRowsForm() {}
}
