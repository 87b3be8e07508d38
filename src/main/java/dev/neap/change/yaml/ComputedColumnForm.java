package dev.neap.change.yaml;

import dev.neap.change.operation.ComputedColumn;
import dev.neap.sql.Identifier;
import java.util.List;

/** How a {@link ComputedColumn} is written. */
final class ComputedColumnForm {

    private static final Key<Identifier> NAME = Key.required("name", Scalars.NAME, "The name of the new column.",
            "last_name");
    private static final Key<String> TYPE = Key.required("type", Scalars.TEXT, "Its type, as it would stand in SQL.",
            "text");
    private static final Key<String> FROM = Key.required(
            "from", Scalars.SQL, "SQL over the old columns that gives its value.", "split_part(full_name, ' ', 2)");
    private static final Key<Boolean> NOT_NULL = Key.optional(
            "not_null", Scalars.FLAG, "Whether the column is NOT NULL in the end; false if left out.", true);

    static final Mapping<ComputedColumn> SHAPE = new Mapping<>(
            "a new column",
            List.of(NAME, TYPE, FROM, NOT_NULL),
            List.of(),
            fields -> new ComputedColumn(
                    fields.get(NAME),
                    fields.get(TYPE),
                    fields.get(FROM),
                    fields.find(NOT_NULL).orElse(false)));

    private ComputedColumnForm() {}
}
