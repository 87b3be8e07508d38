package dev.neap.change.yaml;

import dev.neap.change.operation.DropConstraint;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link DropConstraint} is written. */
final class DropConstraintForm {

    private static final Key<Identifier> NAME = Key.required(
            "name", Scalars.NAME, "The constraint that is dropped.", "orders_status_check");

    static final OperationForm FORM = OperationForm.of(
            DropConstraint.class,
            "drop_constraint",
            "Drops a constraint: at once under operations, when the change is completed under contract.",
            List.of(NAME),
            fields -> new DropConstraint(fields.get(NAME)))
            .alsoInContract();

    private DropConstraintForm() {}
}
