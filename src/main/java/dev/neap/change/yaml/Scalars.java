package dev.neap.change.yaml;

import dev.neap.change.BackfillOptions.Order;
import dev.neap.change.ChangeName;
import dev.neap.change.EffortOptions.OldSnapshot;
import dev.neap.change.operation.CopyRows.OnConflict;
import dev.neap.change.operation.Nearest;
import dev.neap.change.yaml.Place.Kind;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The single values of which a change file is made. */
final class Scalars {

    /** ASCII only, so that JSON Schema and Java agree on it. */
    private static final String JAVA_NAME = "^[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)*$";

    /** The name of a column, index or access method, taken literally. */
    static final Scalar<Identifier> NAME = new Scalar<>(
            Set.of(Kind.TEXT),
            "a name",
            "Write the name as the catalog has it; quotes are only needed where YAML needs them.",
            Scalars::name,
            Map.of("minLength", 1, "maxLength", Identifier.MAX_BYTES));

    /** SQL, or a number or truth value that is the same in SQL. */
    static final Scalar<String> SQL = new Scalar<>(
            EnumSet.of(Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.FLAG),
            "an SQL expression",
            "Write the expression as it would stand in a query; text in SQL has single quotes: \"'active'\".",
            Scalars::filled,
            Map.of("minLength", 1));

    /** SQL that can't be a number or truth value: a type, a condition, a column of an index. */
    static final Scalar<String> TEXT = new Scalar<>(
            Set.of(Kind.TEXT),
            "text",
            "Write it as it would stand in SQL.",
            Scalars::filled,
            Map.of("minLength", 1));

    /** Words for people. */
    static final Scalar<String> WORDS = new Scalar<>(
            Set.of(Kind.TEXT),
            "a few words",
            "Write it as a person should read it, in quotes if YAML needs them.",
            Scalars::said,
            Map.of("minLength", 1));

    /** A Java class with its package; inner ones after a dollar sign. */
    static final Scalar<String> JAVA_CLASS = new Scalar<>(
            Set.of(Kind.TEXT),
            "a Java class",
            "Write the class with its package, such as com.example.NormalizePhone.",
            Scalars::javaClass,
            Map.of("pattern", JAVA_NAME));

    /** {@code true} or {@code false}. */
    static final Scalar<Boolean> FLAG = new Scalar<>(
            Set.of(Kind.FLAG),
            "true or false",
            "Write true or false, without quotes.",
            text -> Boolean.valueOf(text.toLowerCase(Locale.ROOT)),
            Map.of());

    /** A whole number that is not negative. */
    static final Scalar<Integer> COUNT = new Scalar<>(
            Set.of(Kind.INTEGER),
            "a whole number",
            "Write a whole number from 0 to " + Integer.MAX_VALUE + ".",
            Scalars::count,
            Map.of("minimum", 0, "maximum", Integer.MAX_VALUE));

    /** How many rows a transform is given at a time. */
    static final Scalar<Integer> THREADS = number(1, 1_000);

    /** How many workers. */
    static final Scalar<Integer> WORKERS = number(1, 16);

    /** How many strands. */
    static final Scalar<Integer> STRANDS = number(1, 64);

    /** A part of the time. */
    static final Scalar<Double> SHARE = part();

    /** What is done while an old snapshot is in the way. */
    static final Scalar<OldSnapshot> OLD_SNAPSHOT = new Scalar<>(
            Set.of(Kind.TEXT),
            "what is done",
            "Write one of plain, wait.",
            text -> word("way", OldSnapshot.values(), text),
            Map.of("enum", words(OldSnapshot.values())));

    /** How a table is walked. */
    static final Scalar<Order> ORDER = new Scalar<>(
            Set.of(Kind.TEXT),
            "an order",
            "Write one of auto, key, block.",
            text -> word("order", Order.values(), text),
            Map.of("enum", words(Order.values())));

    /** What a copy does with rows that are there already. */
    static final Scalar<OnConflict> ON_CONFLICT = new Scalar<>(
            Set.of(Kind.TEXT),
            "what is done",
            "Write one of nothing, update, error.",
            text -> word("way", OnConflict.values(), text),
            Map.of("enum", words(OnConflict.values())));

    /** The name of a change. */
    static final Scalar<ChangeName> CHANGE_NAME = new Scalar<>(
            Set.of(Kind.TEXT),
            "the change's name",
            "Write 1 to 80 lower-case letters, digits, hyphens, underscores and dots; quote it if it is a number.",
            Scalars::changeName,
            Map.of("pattern", "^[a-z0-9][a-z0-9._-]{0,79}$"));

    /** A table with its schema. */
    static final Scalar<QualifiedName> TABLE = new Scalar<>(
            Set.of(Kind.TEXT), "a table", TableName.HOW, TableName::parse, Map.of("pattern", TableName.PATTERN));

    private Scalars() {}

    private static Identifier name(String text) throws Unfit {
        if (text.isEmpty()) {
            throw new Unfit("A name is empty.", "Give it at least one character.");
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Identifier.MAX_BYTES) {
            throw new Unfit(
                    "The name \"%s\" has %d bytes, and PostgreSQL keeps only %d."
                            .formatted(text, bytes, Identifier.MAX_BYTES),
                    "Shorten it.");
        }
        try {
            return new Identifier(text);
        } catch (IllegalArgumentException e) {
            throw new Unfit("\"%s\" can't be a name in PostgreSQL.".formatted(text), "Leave out its NUL character.");
        }
    }

    /** Without the blanks around it, so that a block scalar's last line break makes no other change of it. */
    private static String filled(String text) throws Unfit {
        if (text.isBlank()) {
            throw new Unfit("The value is empty.", "Write some SQL, or leave the key out.");
        }
        return text.strip();
    }

    private static String said(String text) throws Unfit {
        if (text.isBlank()) {
            throw new Unfit("The value is empty.", "Write what a person should know.");
        }
        return text.strip();
    }

    private static String javaClass(String text) throws Unfit {
        if (!text.matches(JAVA_NAME)) {
            throw new Unfit(
                    "\"%s\" is no Java class.".formatted(text),
                    "Write the class with its package, such as com.example.NormalizePhone.");
        }
        return text;
    }

    private static Scalar<Integer> number(int least, int most) {
        String how = "Write a whole number from %d to %d.".formatted(least, most);
        return new Scalar<>(
                Set.of(Kind.INTEGER),
                "a whole number",
                how,
                text -> {
                    if (text.matches("[0-9]{1,4}")
                            && Integer.parseInt(text) >= least
                            && Integer.parseInt(text) <= most) {
                        return Integer.valueOf(text);
                    }
                    throw new Unfit(text + " is out of range.", how);
                },
                Map.of("minimum", least, "maximum", most));
    }

    private static Scalar<Double> part() {
        String how = "Write a number from 0.01 to 1, such as 0.5.";
        return new Scalar<>(
                EnumSet.of(Kind.INTEGER, Kind.DECIMAL),
                "a part of 1",
                how,
                text -> {
                    try {
                        double part = Double.parseDouble(text);
                        if (part >= 0.01 && part <= 1) {
                            return part;
                        }
                    } catch (NumberFormatException e) {
                        // refused below, like a number that is too large
                    }
                    throw new Unfit(text + " is out of range.", how);
                },
                Map.of("minimum", 0.01, "maximum", 1));
    }

    private static Integer count(String text) throws Unfit {
        try {
            int count = Integer.parseInt(text);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // refused below, like a negative number
        }
        throw new Unfit(text + " is out of range.", "Write a whole number from 0 to " + Integer.MAX_VALUE + ".");
    }

    private static <E extends Enum<E>> List<String> words(E[] values) {
        return Stream.of(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    }

    private static <E extends Enum<E>> E word(String what, E[] values, String text) throws Unfit {
        List<String> words = words(values);
        if (!words.contains(text)) {
            throw new Unfit(
                    "There is no %s %s.".formatted(what, text),
                    Nearest.of(text, words)
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("Write one of " + String.join(", ", words) + "."));
        }
        return values[words.indexOf(text)];
    }

    private static ChangeName changeName(String text) throws Unfit {
        try {
            return new ChangeName(text);
        } catch (IllegalArgumentException e) {
            throw new Unfit(
                    "\"%s\" can't name a change.".formatted(text),
                    "Use 1 to 80 lower-case letters, digits, hyphens, underscores and dots, a letter or digit first.");
        }
    }
}
