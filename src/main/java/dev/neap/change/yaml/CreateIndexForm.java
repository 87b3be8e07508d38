package dev.neap.change.yaml;

import dev.neap.catalog.IndexDefinition;
import dev.neap.change.operation.CreateIndex;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link CreateIndex} is written. */
final class CreateIndexForm {

    private static final Key<Identifier> NAME = Key.required("name", Scalars.NAME, "The name of the new index.",
            "users_email_key");
    private static final Key<List<String>> COLUMNS = Key.required(
            "columns",
            new ListOf<>(Scalars.TEXT, "a list of columns", "Write a list with at least one column: [email]."),
            "Column names, or anything else that may stand in the parentheses of CREATE INDEX: lower(email), created_at"
                    + " DESC, email text_pattern_ops.",
            List.of("email"));
    private static final Key<Boolean> UNIQUE = Key.optional(
            "unique", Scalars.FLAG, "Whether no two rows may have the same values; false if left out.", true);
    private static final Key<Identifier> USING = Key.optional("using", Scalars.NAME,
            "The access method; btree if left out.", "gin");
    private static final Key<List<Identifier>> INCLUDE = Key.optional(
            "include",
            new ListOf<>(
                    Scalars.NAME, "a list of columns", "Write a list with at least one column, or leave the key out."),
            "Further columns that the index stores but is not searched by.",
            List.of("created_at"));
    private static final Key<Boolean> NULLS_NOT_DISTINCT = Key.optional(
            "nulls_not_distinct",
            Scalars.FLAG,
            "Whether a unique index takes two NULLs for equal; false if left out. Needs PostgreSQL 15 or later.",
            true);
    private static final Key<String> WHERE = Key.optional(
            "where", Scalars.TEXT, "The condition of a partial index, in SQL.", "deleted_at IS NULL");

    static final OperationForm FORM = OperationForm.of(
            CreateIndex.class,
            "create_index",
            "Builds an index while everyone reads and writes, after rows have been backfilled.",
            List.of(NAME, COLUMNS, UNIQUE, USING, INCLUDE, NULLS_NOT_DISTINCT, WHERE),
            fields -> new CreateIndex(
                    fields.get(NAME),
                    new IndexDefinition(
                            fields.find(UNIQUE).orElse(false),
                            fields.get(COLUMNS),
                            fields.find(USING),
                            fields.find(INCLUDE).orElse(List.of()),
                            fields.find(NULLS_NOT_DISTINCT).orElse(false),
                            fields.find(WHERE))));

    private CreateIndexForm() {}
}
