package dev.neap.change.yaml;

import dev.neap.change.operation.ReplaceIndex;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link ReplaceIndex} is written. */
final class ReplaceIndexForm {

    private static final Key<Identifier> NAME = Key.required(
            "name", Scalars.NAME, "The index that is replaced; the new one ends up with its name.",
            "orders_status_idx");
    private static final Key<List<String>> COLUMNS = Key.optional(
            "columns",
            new ListOf<>(Scalars.TEXT, "a list of columns", "Write a list with at least one column: [email]."),
            "What the new index is on, as in create_index. Without it, and without the other keys, the same index is"
                    + " built anew, against bloat.",
            List.of("status", "placed_at DESC"));

    static final OperationForm FORM = OperationForm.of(
            ReplaceIndex.class,
            "replace_index",
            "Puts a new index in the place of an old one, while everyone reads and writes.",
            List.of(
                    NAME, COLUMNS, IndexKeys.UNIQUE, IndexKeys.USING, IndexKeys.INCLUDE, IndexKeys.NULLS_NOT_DISTINCT,
                    IndexKeys.WHERE),
            fields -> new ReplaceIndex(
                    fields.get(NAME),
                    fields.find(COLUMNS)
                            .map(columns -> IndexKeys.definition(fields, columns))));

    private ReplaceIndexForm() {}
}
