package dev.neap.change.yaml;

import dev.neap.change.operation.AddColumn;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link AddColumn} is written. */
final class AddColumnForm {

    private static final Key<Identifier> NAME = Key.required("name", Scalars.NAME, "The name of the new column.",
            "email_normalized");
    private static final Key<String> TYPE = Key.required("type", Scalars.TEXT, "Its type, as it would stand in SQL.",
            "text");
    private static final Key<String> DEFAULT = Key.optional(
            "default",
            Scalars.SQL,
            "The default: SQL for rows that give no value. A volatile one, such as gen_random_uuid(), is drawn once for"
                    + " each existing row. Not together with from.",
            "gen_random_uuid()");
    private static final Key<String> FROM = Key.optional(
            "from",
            Scalars.SQL,
            "SQL over the table's other columns that gives the value. Existing rows are backfilled; rows written"
                    + " meanwhile are kept right by a trigger until the change is completed.",
            "lower(trim(email))");
    private static final Key<Boolean> NOT_NULL = Key.optional(
            "not_null",
            Scalars.FLAG,
            "Whether the column is NOT NULL in the end; false if left out. Needs a default or a from.",
            true);

    private static final Key<Boolean> VIRTUAL = Key.optional(
            "virtual",
            Scalars.FLAG,
            "Whether from is computed whenever the column is read, instead of being stored; false if left out. From"
                    + " PostgreSQL 18 on.",
            true);

    static final OperationForm FORM = OperationForm.of(
            AddColumn.class,
            "add_column",
            "Adds a column: empty, with a default, or computed from other columns.",
            List.of(NAME, TYPE, DEFAULT, FROM, NOT_NULL, VIRTUAL),
            fields -> new AddColumn(
                    fields.get(NAME),
                    fields.get(TYPE),
                    fields.find(DEFAULT),
                    fields.find(FROM),
                    fields.find(NOT_NULL).orElse(false),
                    fields.find(VIRTUAL).orElse(false)));

    private AddColumnForm() {}
}
