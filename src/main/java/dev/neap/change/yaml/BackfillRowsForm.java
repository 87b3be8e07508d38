package dev.neap.change.yaml;

import dev.neap.change.operation.BackfillRows;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Map;

/** How {@link BackfillRows} is written. */
final class BackfillRowsForm {

    private static final Key<Map<Identifier, String>> SET = Key.required(
            "set",
            new MapOf<>(
                    Scalars.NAME,
                    Scalars.SQL,
                    "a mapping of columns to SQL",
                    "Write each column with its value in SQL: {status: \"'active'\"}."),
            "Columns, each with the SQL expression that it is set to.",
            Map.of("status", "'active'"));
    private static final Key<String> WHERE = Key.optional(
            "where", Scalars.SQL, "The rows that are set, as an SQL condition; all if left out.", "status IS NULL");

    static final OperationForm FORM = OperationForm.of(
            BackfillRows.class,
            "backfill",
            "Changes the rows that exist. What would come out different if it were done twice (n + 1, random()) is done"
                    + " exactly once for each row.",
            List.of(SET, WHERE),
            fields -> new BackfillRows(fields.get(SET), fields.find(WHERE)));

    private BackfillRowsForm() {}
}
