package dev.neap.change.yaml;

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

    static final OperationForm FORM = OperationForm.of(
            CreateIndex.class,
            "create_index",
            "Builds an index while everyone reads and writes, after rows have been backfilled.",
            List.of(
                    NAME, COLUMNS, IndexKeys.UNIQUE, IndexKeys.USING, IndexKeys.INCLUDE, IndexKeys.NULLS_NOT_DISTINCT,
                    IndexKeys.WHERE),
            fields -> new CreateIndex(fields.get(NAME), IndexKeys.definition(fields, fields.get(COLUMNS))));

    private CreateIndexForm() {}
}
