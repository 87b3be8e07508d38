package dev.neap.change.yaml;

import dev.neap.change.operation.AddUnique;
import dev.neap.change.operation.Deferral;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link AddUnique} is written. */
final class AddUniqueForm {

    private static final Key<Identifier> NAME = Key.required(
            "name", Scalars.NAME, "The name of the new constraint and its index.", "users_email_key");
    private static final Key<List<Identifier>> COLUMNS = Key.required(
            "columns", ColumnLists.NAMES, "The columns whose values no two rows may have in common.", List.of("email"));
    private static final Key<List<Identifier>> INCLUDE = Key.optional(
            "include",
            ColumnLists.NAMES,
            "Further columns that the index stores but is not searched by.",
            List.of("created_at"));
    private static final Key<Boolean> NULLS_NOT_DISTINCT = Key.optional(
            "nulls_not_distinct",
            Scalars.FLAG,
            "Whether two NULLs are taken for equal; false if left out. Needs PostgreSQL 15 or later.",
            true);
    private static final Key<Deferral> DEFERRABLE = Key.optional(
            "deferrable",
            Choices.of(Deferral.class, "when it is checked"),
            "immediate or deferred: the constraint may be deferred, and is at first checked after each statement or at"
                    + " the end of the transaction. Not deferrable if left out.",
            "deferred");

    static final OperationForm FORM = OperationForm.of(
            AddUnique.class,
            "add_unique",
            "Adds a UNIQUE constraint by way of an index that is built while everyone reads and writes.",
            List.of(NAME, COLUMNS, INCLUDE, NULLS_NOT_DISTINCT, DEFERRABLE),
            fields -> new AddUnique(
                    fields.get(NAME),
                    fields.get(COLUMNS),
                    fields.find(INCLUDE).orElse(List.of()),
                    fields.find(NULLS_NOT_DISTINCT).orElse(false),
                    fields.find(DEFERRABLE)));

    private AddUniqueForm() {}
}
