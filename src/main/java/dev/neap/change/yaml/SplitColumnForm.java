package dev.neap.change.yaml;

import dev.neap.change.operation.ComputedColumn;
import dev.neap.change.operation.SplitColumn;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Map;

/** How {@link SplitColumn} is written. */
final class SplitColumnForm {

    private static final Key<Identifier> COLUMN = Key.required("column", Scalars.NAME, "The column that there is.",
            "full_name");
    private static final Key<List<ComputedColumn>> INTO = Key.required(
            "into",
            new ListOf<>(
                    ComputedColumnForm.SHAPE,
                    "a list of new columns",
                    "Write each new column as {name: …, type: …, from: …}."),
            "The new columns, each with the SQL that makes it from the old one.",
            List.of(Map.of("name", "last_name", "type", "text", "from", "split_part(full_name, ' ', 2)")));
    private static final Key<String> REVERSE = Key.required(
            "reverse",
            Scalars.SQL,
            "SQL over the new columns that makes the old one, for old code that reads what new code writes.",
            "concat_ws(' ', first_name, last_name)");

    static final OperationForm FORM = OperationForm.of(
            SplitColumn.class,
            "split_column",
            "Makes several columns of one, while old code uses the one and new code the several: each side follows the"
                    + " other, until the change is completed.",
            List.of(COLUMN, INTO, REVERSE),
            fields -> new SplitColumn(fields.get(COLUMN), fields.get(INTO), fields.get(REVERSE)));

    private SplitColumnForm() {}
}
