package dev.neap.change.yaml;

import dev.neap.change.operation.ArchiveRows;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;

/** How {@link ArchiveRows} is written. */
final class ArchiveRowsForm {

    private static final Key<QualifiedName> TO = Key.required(
            "to", Scalars.TABLE, "The table that the rows are moved to; it must exist, unless create is true.",
            "archive.orders");
    private static final Key<String> WHERE = Key.required(
            "where", Scalars.TEXT, "The rows that are moved, as an SQL condition.", "placed_at < '2025-01-01'");
    private static final Key<List<Identifier>> COLUMNS = Key.optional(
            "columns",
            new ListOf<>(
                    Scalars.NAME, "a list of columns", "Write a list with at least one column, or leave the key out."),
            "The columns that are kept; all if left out. The values of others are gone with the row.",
            List.of("id", "total"));

    private static final Key<Boolean> CREATE = Key.optional(
            "create",
            Scalars.FLAG,
            "Whether the other table is made if it is not there: with the columns that are kept, the primary key, and"
                    + " archived_at; false if left out.",
            true);

    static final OperationForm FORM = OperationForm.of(
            ArchiveRows.class,
            "archive",
            "Moves the rows that meet a condition into another table, range by range: each is deleted here and inserted"
                    + " there in one transaction.",
            List.of(TO, WHERE, COLUMNS, CREATE),
            fields -> new ArchiveRows(
                    fields.get(TO),
                    fields.get(WHERE),
                    fields.find(COLUMNS).orElse(List.of()),
                    fields.find(CREATE).orElse(false)));

    private ArchiveRowsForm() {}
}
