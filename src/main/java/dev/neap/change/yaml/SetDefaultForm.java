package dev.neap.change.yaml;

import dev.neap.change.operation.SetDefault;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link SetDefault} is written. */
final class SetDefaultForm {

    private static final Key<Identifier> COLUMN = Key.required(
            "column", Scalars.NAME, "The column whose default changes.", "status");
    private static final Key<String> DEFAULT = Key.optional(
            "default",
            Scalars.SQL,
            "The default of rows to come, in SQL; it may be volatile. Either this or drop: true.",
            "'new'");
    private static final Key<Boolean> DROP = Key.optional(
            "drop",
            Scalars.FLAG,
            "Whether the column has no default afterwards. Either this or default.",
            true);

    static final OperationForm FORM = OperationForm.of(
            SetDefault.class,
            "set_default",
            "Gives a column another default, or none; rows that are there keep their values.",
            List.of(COLUMN, DEFAULT, DROP),
            fields -> new SetDefault(
                    fields.get(COLUMN), fields.find(DEFAULT), fields.find(DROP).orElse(false)));

    private SetDefaultForm() {}
}
