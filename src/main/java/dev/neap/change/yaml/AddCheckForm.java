package dev.neap.change.yaml;

import dev.neap.change.operation.AddCheck;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link AddCheck} is written. */
final class AddCheckForm {

    private static final Key<Identifier> NAME = Key.required(
            "name", Scalars.NAME, "The name of the new constraint.", "orders_total_check");
    private static final Key<String> CHECK = Key.required(
            "check", Scalars.TEXT, "The condition that every row must keep, in SQL.", "total >= 0");

    static final OperationForm FORM = OperationForm.of(
            AddCheck.class,
            "add_check",
            "Adds a CHECK without a scan that blocks anyone.",
            List.of(NAME, CHECK),
            fields -> new AddCheck(fields.get(NAME), fields.get(CHECK)));

    private AddCheckForm() {}
}
