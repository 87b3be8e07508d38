package dev.neap.change.yaml;

import dev.neap.catalog.IndexDefinition;
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
    private static final Key<Boolean> UNIQUE = Key.optional(
            "unique", Scalars.FLAG, "Whether no two rows may have the same values; false if left out.", true);
    private static final Key<Identifier> USING = Key.optional(
            "using", Scalars.NAME, "The access method; btree if left out.", "gin");
    private static final Key<List<Identifier>> INCLUDE = Key.optional(
            "include",
            ColumnLists.NAMES,
            "Further columns that the index stores but is not searched by.",
            List.of("total"));
    private static final Key<Boolean> NULLS_NOT_DISTINCT = Key.optional(
            "nulls_not_distinct",
            Scalars.FLAG,
            "Whether a unique index takes two NULLs for equal; false if left out. Needs PostgreSQL 15 or later.",
            true);
    private static final Key<String> WHERE = Key.optional(
            "where", Scalars.TEXT, "The condition of a partial index, in SQL.", "status <> 'done'");

    static final OperationForm FORM = OperationForm.of(
            ReplaceIndex.class,
            "replace_index",
            "Puts a new index in the place of an old one, while everyone reads and writes.",
            List.of(NAME, COLUMNS, UNIQUE, USING, INCLUDE, NULLS_NOT_DISTINCT, WHERE),
            fields -> new ReplaceIndex(
                    fields.get(NAME),
                    fields.find(COLUMNS)
                            .map(columns -> new IndexDefinition(
                                    fields.find(UNIQUE).orElse(false),
                                    columns,
                                    fields.find(USING),
                                    fields.find(INCLUDE).orElse(List.of()),
                                    fields.find(NULLS_NOT_DISTINCT).orElse(false),
                                    fields.find(WHERE)))));

    private ReplaceIndexForm() {}
}
