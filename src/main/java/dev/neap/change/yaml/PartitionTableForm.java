package dev.neap.change.yaml;

import dev.neap.change.operation.Every;
import dev.neap.change.operation.PartitionBound;
import dev.neap.change.operation.PartitionBound.Named;
import dev.neap.change.operation.PartitionScheme;
import dev.neap.change.operation.PartitionScheme.Method;
import dev.neap.change.operation.PartitionTable;
import dev.neap.change.yaml.Place.Kind;
import dev.neap.sql.Identifier;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How {@link PartitionTable} is written. */
final class PartitionTableForm {

    private static final String HOW_LONG = "Write a length of time such as 1 month, or a whole number.";

    private static final ListOf<Identifier> COLUMN_LIST = new ListOf<>(
            Scalars.NAME, "a list of columns", "Write a list with at least one column.");

    /** A value of the partition key, as text. */
    private static final Scalar<String> VALUE = new Scalar<>(
            EnumSet.of(Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.FLAG),
            "a value",
            "Write one value of the partition key, without quotes of SQL.",
            text -> text,
            Map.of());

    private static final Key<Identifier> NAME = Key.required("name", Scalars.NAME, "The partition's name.",
            "events_eu");
    private static final Key<String> FIRST = Key.optional(
            "from", VALUE, "By range: the first value in it, or minvalue.", "2026-01-01");
    private static final Key<String> LAST = Key.optional(
            "to", VALUE, "By range: the first value beyond it, or maxvalue.", "2027-01-01");
    private static final Key<List<String>> VALUES = Key.optional(
            "values",
            new ListOf<>(VALUE, "a list of values", "Write a list with at least one value."),
            "By list: the values in it.",
            List.of("de", "fr"));

    private static final Mapping<Entry> PARTITION = new Mapping<>(
            "a partition",
            List.of(NAME, FIRST, LAST, VALUES),
            List.of("from", "to", "values"),
            fields -> new Entry(fields.get(NAME), fields.find(FIRST), fields.find(LAST), fields.find(VALUES)));

    private static final Key<Method> BY = Key.required(
            "by", Choices.of(Method.class, "a method"), "How rows are divided: by range, list or hash.", "range");
    private static final Key<List<Identifier>> KEY = Key.required(
            "key", COLUMN_LIST, "The columns that decide; by range or list, one.", List.of("created_at"));
    private static final Key<List<Identifier>> PRIMARY_KEY = Key.optional(
            "primary_key",
            COLUMN_LIST,
            "The primary key of the partitioned table: the one it has, followed by the key's columns. If left out, as it is.",
            List.of("id", "created_at"));
    private static final Key<List<Entry>> PARTITIONS = Key.optional(
            "partitions",
            new ListOf<>(PARTITION, "a list of partitions", "Write a list with at least one partition."),
            "The partitions, each with from and to, or values.",
            List.of(Map.of("name", "events_2026", "from", "2026-01-01", "to", "2027-01-01")));
    private static final Key<String> EVERY = Key.optional(
            "every",
            new Scalar<>(
                    EnumSet.of(Kind.TEXT, Kind.INTEGER),
                    "a length",
                    HOW_LONG,
                    PartitionTableForm::length,
                    Map.of()),
            "By range: how long each partition is, in days, weeks, months or years, or in numbers; with from and to.",
            "1 month");
    private static final Key<String> FROM = Key.optional(
            "from", VALUE, "With every: where the first partition begins; days begin at midnight UTC.", "2026-01-01");
    private static final Key<String> TO = Key.optional(
            "to", VALUE, "With every: where the last one ends.", "2027-01-01");
    private static final Key<Integer> MODULUS = Key.optional(
            "modulus", Scalars.THREADS, "By hash: how many partitions, 1 to 1000.", 8);
    private static final Key<Boolean> DEFAULT = Key.optional(
            "default",
            Scalars.FLAG,
            "Whether there is a partition for rows that fit in no other; by range and list, true if left out.",
            true);

    static final OperationForm FORM = new OperationForm(
            PartitionTable.class,
            "Divides a table into partitions: a partitioned one is made, follows it by trigger, is filled, and takes its"
                    + " place in one short transaction.",
            false,
            new Mapping<>(
                    "partition_table",
                    List.of(BY, KEY, PRIMARY_KEY, PARTITIONS, EVERY, FROM, TO, MODULUS, DEFAULT),
                    List.of(),
                    PartitionTableForm::build));

    private PartitionTableForm() {}

    /** A partition as it was written. */
    private record Entry(
            Identifier name,
            Optional<String> from,
            Optional<String> to,
            Optional<List<String>> values) {
        Named named() {
            return new Named(
                    name,
                    values.<PartitionBound>map(PartitionBound.Among::new)
                            .orElseGet(() -> new PartitionBound.Between(
                                    from.orElse("minvalue"), to.orElse("maxvalue"))));
        }
    }

    private static String length(String text) throws Unfit {
        if (!Every.isLength(text)) {
            throw new Unfit("\"%s\" is no length of a partition.".formatted(text), HOW_LONG);
        }
        return text;
    }

    private static PartitionTable build(Fields fields) {
        Method by = fields.get(BY);
        return new PartitionTable(
                new PartitionScheme(
                        by,
                        fields.get(KEY),
                        fields.find(PARTITIONS).orElse(List.of()).stream().map(Entry::named).toList(),
                        fields.find(EVERY).map(every -> new Every(every, fields.find(FROM), fields.find(TO))),
                        fields.find(MODULUS),
                        fields.find(DEFAULT).orElse(by != Method.HASH)),
                fields.find(PRIMARY_KEY).orElse(List.of()));
    }
}
