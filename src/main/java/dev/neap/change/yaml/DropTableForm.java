package dev.neap.change.yaml;

import dev.neap.change.operation.DropTable;
import java.util.List;

/** How {@link DropTable} is written. */
final class DropTableForm {

    private static final Key<Boolean> RENAME_FIRST = Key.optional(
            "rename_first",
            Scalars.FLAG,
            "Whether the table bears another name until the change is completed, so that whatever still uses it shows;"
                    + " true if left out.",
            true);

    static final OperationForm FORM = OperationForm.of(
            DropTable.class,
            "drop_table",
            "Drops the table when the change is completed; until then it only bears another name.",
            List.of(RENAME_FIRST),
            fields -> new DropTable(fields.find(RENAME_FIRST).orElse(true)))
            .alsoInContract();

    private DropTableForm() {}
}
