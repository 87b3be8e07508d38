package dev.neap.change.yaml;

import dev.neap.change.operation.ChangeType;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link ChangeType} is written. */
final class ChangeTypeForm {

    private static final Key<Identifier> COLUMN = Key.required("column", Scalars.NAME, "The column.", "amount");
    private static final Key<String> TYPE = Key.required("type", Scalars.TEXT,
            "Its new type, as it would stand in SQL.",
            "bigint");
    private static final Key<Identifier> COLLATION = Key.optional(
            "collation", Scalars.NAME, "Its new collation; the type's own if left out.", "C");
    private static final Key<String> USING = Key.optional(
            "using",
            Scalars.SQL,
            "SQL over the table's columns that makes the new value from the old; a plain cast if left out, where"
                    + " PostgreSQL has one.",
            "round(amount * 100)::bigint");
    private static final Key<String> REVERSE = Key.optional(
            "reverse",
            Scalars.SQL,
            "SQL that makes the old value from the new, which has the column's name then, so that the change can be"
                    + " rolled back until it is completed; a plain cast if left out.",
            "amount / 100.0");

    static final OperationForm FORM = OperationForm.of(
            ChangeType.class,
            "change_type",
            "Gives a column another type: at once where that touches the catalog only, else by a second column that takes"
                    + " the first one's name once it holds the same, and goes back until the change is completed.",
            List.of(COLUMN, TYPE, COLLATION, USING, REVERSE),
            fields -> new ChangeType(
                    fields.get(COLUMN),
                    fields.get(TYPE),
                    fields.find(COLLATION),
                    fields.find(USING),
                    fields.find(REVERSE)));

    private ChangeTypeForm() {}
}
