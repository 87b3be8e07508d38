package dev.neap.change.yaml;

import dev.neap.change.operation.ComputedColumn;
import dev.neap.change.operation.MergeColumns;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Map;

/** How {@link MergeColumns} is written. */
final class MergeColumnsForm {

    private static final Key<List<Identifier>> COLUMNS = Key.required(
            "columns",
            new ListOf<>(Scalars.NAME, "a list of columns", "Write a list with at least one column."),
            "The columns that there are.",
            List.of("first_name", "last_name"));
    private static final Key<ComputedColumn> INTO = Key.required(
            "into",
            ComputedColumnForm.SHAPE,
            "The new column, with the SQL that makes it from the old ones.",
            Map.of("name", "full_name", "type", "text", "from", "concat_ws(' ', first_name, last_name)"));
    private static final Key<Map<Identifier, String>> REVERSE = Key.required(
            "reverse",
            new MapOf<>(
                    Scalars.NAME,
                    Scalars.SQL,
                    "a mapping of columns to SQL",
                    "Write each old column with the SQL that makes it: {city: \"split_part(address, ', ', 2)\"}."),
            "For each of the old columns, SQL over the new one that makes it, for old code that reads what new code"
                    + " writes.",
            Map.of("first_name", "split_part(full_name, ' ', 1)", "last_name", "split_part(full_name, ' ', 2)"));

    static final OperationForm FORM = OperationForm.of(
            MergeColumns.class,
            "merge_columns",
            "Makes one column of several, while old code uses the several and new code the one: each side follows the"
                    + " other, until the change is completed.",
            List.of(COLUMNS, INTO, REVERSE),
            fields -> new MergeColumns(fields.get(COLUMNS), fields.get(INTO), fields.get(REVERSE)));

    private MergeColumnsForm() {}
}
