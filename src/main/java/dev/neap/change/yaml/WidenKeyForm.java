package dev.neap.change.yaml;

import dev.neap.change.operation.WidenKey;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link WidenKey} is written. */
final class WidenKeyForm {

    private static final Key<Identifier> COLUMN = Key.required(
            "column", Scalars.NAME, "The primary key that becomes wider.", "id");
    private static final Key<String> TYPE = Key.optional(
            "type", Scalars.TEXT, "Its new type; bigint if left out.", "bigint");

    static final OperationForm FORM = OperationForm.of(
            WidenKey.class,
            "widen_key",
            "Gives a primary key a wider integer type, and with it every column that references it, in whatever table.",
            List.of(COLUMN, TYPE),
            fields -> new WidenKey(fields.get(COLUMN), fields.find(TYPE).orElse("bigint")));

    private WidenKeyForm() {}
}
