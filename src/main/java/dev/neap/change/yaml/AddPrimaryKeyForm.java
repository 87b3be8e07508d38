package dev.neap.change.yaml;

import dev.neap.change.operation.AddPrimaryKey;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link AddPrimaryKey} is written. */
final class AddPrimaryKeyForm {

    private static final Key<List<Identifier>> COLUMNS = Key.required(
            "columns", ColumnLists.NAMES, "The columns of the key; they become NOT NULL.", List.of("id"));
    private static final Key<Identifier> NAME = Key.optional(
            "name",
            Scalars.NAME,
            "The name of the constraint and its index; the table's with _pkey if left out.",
            "events_pkey");

    static final OperationForm FORM = OperationForm.of(
            AddPrimaryKey.class,
            "add_primary_key",
            "Adds a primary key without keeping anyone waiting.",
            List.of(COLUMNS, NAME),
            fields -> new AddPrimaryKey(fields.get(COLUMNS), fields.find(NAME)));

    private AddPrimaryKeyForm() {}
}
