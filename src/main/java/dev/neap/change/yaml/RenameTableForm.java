package dev.neap.change.yaml;

import dev.neap.change.operation.RenameTable;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link RenameTable} is written. */
final class RenameTableForm {

    private static final Key<Identifier> TO = Key.required(
            "to", Scalars.NAME, "The name that the table gets, in the same schema.", "members");
    private static final Key<Boolean> VIEW = Key.optional(
            "view",
            Scalars.FLAG,
            "Whether a view takes the old name, through which old code goes on; true if left out.",
            true);

    static final OperationForm FORM = OperationForm.of(
            RenameTable.class,
            "rename_table",
            "Renames a table while old code uses the old name: a view stands there until the change is completed.",
            List.of(TO, VIEW),
            fields -> new RenameTable(fields.get(TO), fields.find(VIEW).orElse(true)));

    private RenameTableForm() {}
}
