package dev.neap.change.yaml;

import dev.neap.change.operation.CopyRows;
import dev.neap.change.operation.CopyRows.OnConflict;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Map;

/** How {@link CopyRows} is written. */
final class CopyRowsForm {

    private static final ListOf<Identifier> COLUMN_LIST = new ListOf<>(
            Scalars.NAME, "a list of columns", "Write a list with at least one column, or leave the key out.");

    private static final Key<QualifiedName> TO = Key.required(
            "to", Scalars.TABLE, "The table that the rows are copied to; it must exist.", "reports.orders");
    private static final Key<String> WHERE = Key.optional(
            "where", Scalars.TEXT, "The rows that are copied, as an SQL condition; all if left out.", "paid");
    private static final Key<List<Identifier>> COLUMNS = Key.optional(
            "columns",
            COLUMN_LIST,
            "The columns that are copied under their own name; if left out, all that both tables have.",
            List.of("id", "total"));
    private static final Key<Map<Identifier, String>> SET = Key.optional(
            "set",
            new MapOf<>(
                    Scalars.NAME,
                    Scalars.SQL,
                    "a mapping of columns to SQL",
                    "Write each column of the other table with its value in SQL: {year: extract(year from placed_at)}."),
            "Columns of the other table, each with an SQL expression over the columns of this one.",
            Map.of("status", "'copied'"));
    private static final Key<OnConflict> ON_CONFLICT = Key.optional(
            "on_conflict",
            Scalars.ON_CONFLICT,
            "What is done with a row that the other table has already: nothing (if left out), update, error.",
            "update");
    private static final Key<List<Identifier>> KEY = Key.optional(
            "key",
            COLUMN_LIST,
            "The unique columns of the other table that tell whether it has a row already; its primary key if left out.",
            List.of("id"));

    static final OperationForm FORM = OperationForm.of(
            CopyRows.class,
            "copy",
            "Copies rows into another table, range by range. What becomes of them here afterwards is not followed.",
            List.of(TO, WHERE, COLUMNS, SET, ON_CONFLICT, KEY),
            fields -> new CopyRows(
                    fields.get(TO),
                    fields.find(WHERE),
                    fields.find(COLUMNS).orElse(List.of()),
                    fields.find(SET).orElse(Map.of()),
                    fields.find(ON_CONFLICT).orElse(OnConflict.NOTHING),
                    fields.find(KEY).orElse(List.of())));

    private CopyRowsForm() {}
}
