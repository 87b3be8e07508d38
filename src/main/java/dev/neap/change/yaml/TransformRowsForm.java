package dev.neap.change.yaml;

import dev.neap.change.operation.TransformRows;
import dev.neap.sql.Identifier;
import java.util.List;

/** How {@link TransformRows} is written. */
final class TransformRowsForm {

    private static final String LIST = "a list of columns";
    private static final String HOW = "Write a list with at least one column: [phone].";

    private static final Key<String> CLASS = Key.required(
            "class",
            Scalars.JAVA_CLASS,
            "The Java class, with its package: it implements dev.neap.transform.RowTransform, and lies in a jar in jobs/lib.",
            "com.example.NormalizePhone");
    private static final Key<List<Identifier>> READS = Key.required(
            "reads", new ListOf<>(Scalars.NAME, LIST, HOW), "The columns that the class is given.",
            List.of("phone", "country"));
    private static final Key<List<Identifier>> WRITES = Key.required(
            "writes",
            new ListOf<>(Scalars.NAME, LIST, HOW),
            "The columns that it may set; they may be among those that it reads.",
            List.of("phone_e164"));
    private static final Key<String> WHERE = Key.optional(
            "where",
            Scalars.SQL,
            "The rows that are transformed, as an SQL condition; all if left out. A class that gives another value each"
                    + " time needs one that no longer holds once a row has been written.",
            "phone_e164 IS NULL");

    static final OperationForm FORM = OperationForm.of(
            TransformRows.class,
            "transform",
            "Changes the rows that exist by a Java class, one by one, where SQL can't.",
            List.of(CLASS, READS, WRITES, WHERE),
            fields -> new TransformRows(
                    fields.get(CLASS), fields.get(READS), fields.get(WRITES), fields.find(WHERE)));

    private TransformRowsForm() {}
}
