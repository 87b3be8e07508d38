package dev.neap.change.yaml;

import dev.neap.change.operation.AddForeignKey;
import dev.neap.change.operation.AddForeignKey.Effect;
import dev.neap.change.operation.AddForeignKey.Effects;
import dev.neap.change.operation.AddForeignKey.NewIndex;
import dev.neap.change.operation.AddForeignKey.References;
import dev.neap.change.operation.Deferral;
import dev.neap.change.yaml.Place.Kind;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How {@link AddForeignKey} is written. */
final class AddForeignKeyForm {

    private static final Key<Identifier> NAME = Key.required(
            "name", Scalars.NAME, "The name of the new constraint.", "orders_customer_id_fkey");
    private static final Key<List<Identifier>> COLUMNS = Key.required(
            "columns", ColumnLists.NAMES, "The columns that refer to the other table.", List.of("customer_id"));

    private static final Key<QualifiedName> TABLE = Key.required(
            "table", Scalars.TABLE, "The table that is referred to, with its schema.", "public.customers");
    private static final Key<List<Identifier>> REFERENCED = Key.required(
            "columns", ColumnLists.NAMES, "Its columns, unique together, in the same order.", List.of("id"));
    private static final Key<References> REFERENCES = Key.required(
            "references",
            new Mapping<>(
                    "references",
                    List.of(TABLE, REFERENCED),
                    List.of(),
                    fields -> new References(fields.get(TABLE), fields.get(REFERENCED))),
            "The table that is referred to, and its columns.",
            Map.of("table", "public.customers", "columns", List.of("id")));

    private static final Key<Effect> ON_DELETE = Key.optional(
            "on_delete",
            Choices.of(Effect.class, "what becomes of the row"),
            "What becomes of a row when the row that it refers to is deleted: no_action (if left out), restrict,"
                    + " cascade, set_null, set_default.",
            "cascade");
    private static final Key<Effect> ON_UPDATE = Key.optional(
            "on_update",
            Choices.of(Effect.class, "what becomes of the row"),
            "The same when the key that it refers to changes.",
            "cascade");
    private static final Key<Deferral> DEFERRABLE = Key.optional(
            "deferrable",
            Choices.of(Deferral.class, "when it is checked"),
            "immediate or deferred: the constraint may be deferred, and is at first checked after each statement or at"
                    + " the end of the transaction. Not deferrable if left out.",
            "deferred");
    private static final Key<Optional<NewIndex>> INDEX = Key.optional(
            "index",
            new Scalar<>(
                    EnumSet.of(Kind.TEXT, Kind.FLAG),
                    "true, false, or the name of an index",
                    "Write true, or the name of the new index.",
                    AddForeignKeyForm::index,
                    Map.of()),
            "Whether an index on the columns is built first: true, or its name. Without one, each row that is deleted"
                    + " there reads all of this table.",
            "orders_customer_id_idx");

    static final OperationForm FORM = OperationForm.of(
            AddForeignKey.class,
            "add_foreign_key",
            "Adds a foreign key without a scan that blocks anyone.",
            List.of(NAME, COLUMNS, REFERENCES, ON_DELETE, ON_UPDATE, DEFERRABLE, INDEX),
            fields -> new AddForeignKey(
                    fields.get(NAME),
                    fields.get(COLUMNS),
                    fields.get(REFERENCES),
                    new Effects(fields.find(ON_DELETE), fields.find(ON_UPDATE)),
                    fields.find(DEFERRABLE),
                    fields.find(INDEX).flatMap(wanted -> wanted)));

    private AddForeignKeyForm() {}

    private static Optional<NewIndex> index(String text) throws Unfit {
        return switch (text) {
            case "true", "True", "TRUE" -> Optional.of(new NewIndex(Optional.empty()));
            case "false", "False", "FALSE" -> Optional.empty();
            default -> Optional.of(new NewIndex(Optional.of(Scalars.NAME.parse().of(text))));
        };
    }
}
