package dev.neap.change.yaml;

import dev.neap.change.operation.RestructureTable;
import dev.neap.change.operation.RestructureTable.Keeping;
import dev.neap.change.operation.RestructureTable.NewShape;
import dev.neap.change.yaml.Place.Kind;
import dev.neap.sql.Identifier;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How {@link RestructureTable} is written. */
final class RestructureTableForm {

    private static final String OPTION = "^(toast\\.)?[a-z_]+$";

    /** A way to store a column; PostgreSQL knows which there are. */
    private static final Scalar<String> WORD = word("^[A-Za-z0-9_]+$", "a word", "Write one word, such as external.");

    private static final Key<String> TYPE = Key.optional(
            "type", Scalars.TEXT, "Its new type, as it would stand in SQL.", "bigint");
    private static final Key<String> USING = Key.optional(
            "using",
            Scalars.SQL,
            "SQL over the table's columns that makes the new value; a plain cast if left out, where PostgreSQL has one.",
            "round(amount * 100)::bigint");
    private static final Key<String> REVERSE = Key.optional(
            "reverse",
            Scalars.SQL,
            "SQL over the new table's columns that makes the old value, so that the change can be rolled back until it is"
                    + " completed; a plain cast if left out.",
            "amount / 100.0");
    private static final Key<String> STORAGE = Key.optional(
            "storage", WORD, "How large values are stored: plain, external, extended or main.", "external");
    private static final Key<String> COMPRESSION = Key.optional(
            "compression", WORD, "How large values are compressed: pglz or lz4.", "lz4");

    private static final Mapping<NewShape> COLUMN = new Mapping<>(
            "a column",
            List.of(TYPE, USING, REVERSE, STORAGE, COMPRESSION),
            List.of("type", "storage", "compression"),
            fields -> new NewShape(
                    fields.find(TYPE),
                    fields.find(USING),
                    fields.find(REVERSE),
                    fields.find(STORAGE),
                    fields.find(COMPRESSION)));

    private static final Key<Map<Identifier, NewShape>> COLUMNS = Key.optional(
            "columns",
            new MapOf<>(
                    Scalars.NAME, COLUMN, "columns with what they become",
                    "Write columns: {amount: {type: bigint}}."),
            "The columns that become other ones; the others stay as they are.",
            Map.of("amount", Map.of("type", "bigint")));
    private static final Key<List<Identifier>> ORDER = Key.optional(
            "order",
            ColumnLists.NAMES,
            "The columns that come first in the new table; the others follow in the order that they have.",
            List.of("id", "created_at"));
    private static final Key<List<Identifier>> DROP = Key.optional(
            "drop",
            ColumnLists.NAMES,
            "The columns that the new table has no longer. No code may need them from the run on.",
            List.of("legacy_code"));
    private static final Key<Map<Identifier, String>> FILL = Key.optional(
            "fill",
            new MapOf<>(
                    Scalars.NAME, Scalars.SQL, "columns with SQL", "Write fill: {legacy_code: \"'none'\"}."),
            "Of columns under drop: what new rows get in the old table, which is kept until the change is completed; SQL"
                    + " over the new table's columns. Their default if left out.",
            Map.of("legacy_code", "'none'"));
    private static final Key<Map<String, String>> WITH = Key.optional(
            "with",
            new MapOf<>(
                    word(OPTION, "a storage parameter", "Write its name, such as fillfactor."),
                    new Scalar<>(
                            EnumSet.of(Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.FLAG),
                            "a value",
                            "Write one value.",
                            text -> text,
                            Map.of()),
                    "storage parameters",
                    "Write with: {fillfactor: 90}."),
            "Storage parameters of the new table, such as fillfactor, autovacuum_… and toast.autovacuum_…; the others stay as"
                    + " they are.",
            Map.of("fillfactor", 90));
    private static final Key<Identifier> TABLESPACE = Key.optional(
            "tablespace", Scalars.NAME, "Where the new table is kept; where the old one is if left out.", "fast_disks");
    private static final Key<Boolean> LOGGED = Key.optional(
            "logged", Scalars.FLAG, "Whether its rows survive a crash; as they do if left out.", true);

    private static final Key<Boolean> MERGE = Key.optional(
            "merge_partitions", Scalars.FLAG,
            "Whether a partitioned table becomes one in one piece; false if left out.", true);

    static final OperationForm FORM = new OperationForm(
            RestructureTable.class,
            "Gives a table another shape in one pass: types, order and number of its columns, and how its rows are kept. A"
                    + " new table is made, follows it by trigger, is filled, and takes its place in one short transaction.",
            false,
            new Mapping<>(
                    "restructure_table",
                    List.of(COLUMNS, ORDER, DROP, FILL, WITH, TABLESPACE, LOGGED, MERGE),
                    List.of("columns", "order", "drop", "with", "tablespace", "logged", "merge_partitions"),
                    RestructureTableForm::build));

    private RestructureTableForm() {}

    private static Scalar<String> word(String pattern, String what, String how) {
        return new Scalar<>(
                Set.of(Kind.TEXT),
                what,
                how,
                text -> {
                    if (!text.matches(pattern)) {
                        throw new Unfit("\"%s\" is not %s.".formatted(text, what), how);
                    }
                    return text;
                },
                Map.of("pattern", pattern));
    }

    private static RestructureTable build(Fields fields) {
        return new RestructureTable(
                fields.find(COLUMNS).orElse(Map.of()),
                fields.find(ORDER).orElse(List.of()),
                fields.find(DROP).orElse(List.of()),
                fields.find(FILL).orElse(Map.of()),
                new Keeping(
                        fields.find(WITH).orElse(Map.of()),
                        fields.find(TABLESPACE),
                        fields.find(LOGGED),
                        fields.find(MERGE).orElse(false)));
    }
}
