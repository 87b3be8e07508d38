package dev.neap.step;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the rows of a table and of its successor correspond: column by column, told apart by a key that both have.
 *
 * @param links the columns that can be written; at least one
 * @param key some of them, alike in both tables
 */
public record Correspondence(List<Link> links, List<Identifier> key) {

    /** Which of the two tables is written, and which one follows. */
    public enum Direction {
        /** The table of old; its successor follows. */
        FORTH,
        /** The successor, once it bears the name; the table of old follows. */
        BACK
    }

    /** One column. */
    public sealed interface Link {

        Identifier column();
    }

    /**
     * A column that is the same in both.
     *
     * @param byText whether its values can only be told apart by their text: their type has no equality, or one that holds
     *     different values for equal, as {@code citext} does
     */
    public record Alike(Identifier column, boolean byText) implements Link {}

    /** A column of another type in the successor. */
    public record Retyped(Identifier column, Recipe forth, Recipe back) implements Link {}

    /**
     * A column that only the table of old has.
     *
     * @param filling what it gets in rows that are new, as SQL over the successor's columns
     */
    public record Gone(Identifier column, String filling) implements Link {}

    /**
     * How a value is made.
     *
     * @param type as {@code format_type} prints it
     * @param sql over the columns of the table that is written
     * @param reads those columns
     * @param byText whether values of the type can only be told apart by their text
     */
    public record Recipe(String type, String sql, List<Identifier> reads, boolean byText) {

        public Recipe {
            reads = List.copyOf(reads);
        }

        private String value() {
            return "CAST((" + sql + ") AS " + type + ")";
        }
    }

    public Correspondence {
        links = List.copyOf(links);
        key = List.copyOf(key);
        List<Identifier> alike = links.stream()
                .filter(Alike.class::isInstance)
                .map(Link::column)
                .toList();
        if (key.isEmpty() || !alike.containsAll(key)) {
            throw new IllegalArgumentException("Without its key no row is found again.");
        }
    }

    /** The same columns, of which none is changed. */
    public static Correspondence of(List<Identifier> columns, List<Identifier> key, List<Identifier> byText) {
        return new Correspondence(
                columns.stream().<Link>map(column -> new Alike(column, byText.contains(column))).toList(), key);
    }

    /** Whether either table's rows are the other's, value by value. */
    public boolean isExact() {
        return links.stream().allMatch(Alike.class::isInstance);
    }

    /** The columns of both tables. */
    public List<Identifier> shared() {
        return links.stream().filter(link -> !(link instanceof Gone)).map(Link::column).toList();
    }

    /** The columns that a row of the key which is there already gets anew; of the key those that its equality does not tell. */
    public List<Identifier> others() {
        return shared().stream().filter(column -> !key.contains(column) || byText(column)).toList();
    }

    /** The columns of the table that follows that a new row gets a value in. */
    public List<Identifier> filled(Direction direction) {
        return written(direction).map(Link::column).toList();
    }

    /** The values of the same columns, as SQL over the columns of the table that is written. */
    public List<String> values(Direction direction) {
        return written(direction).map(link -> value(link, direction)).toList();
    }

    private Stream<Link> written(Direction direction) {
        return links.stream().filter(link -> direction == Direction.BACK || !(link instanceof Gone));
    }

    private static String value(Link link, Direction direction) {
        return switch (link) {
            case Alike alike -> alike.column().sql();
            case Retyped retyped -> "(" + (direction == Direction.FORTH ? retyped.forth() : retyped.back()).sql() + ")";
            case Gone gone -> "(" + gone.filling() + ")";
        };
    }

    /** Whether values of a column of the successor can only be told apart by their text. */
    public boolean byText(Identifier column) {
        return links.stream().filter(link -> link.column().equals(column)).anyMatch(link -> switch (link) {
            case Alike alike -> alike.byText();
            case Retyped retyped -> retyped.forth().byText();
            case Gone gone -> false;
        });
    }

    /**
     * The condition under which a row of the table that is written has no equal in the one that follows. Of a column of
     * another type, a row of old is right also if it makes what the successor holds: it may have held more than could be
     * made of that again.
     *
     * @param written by whose name its columns are called
     * @param follows the other table
     */
    public String missing(QualifiedName written, QualifiedName follows, Direction direction) {
        String same = Stream.concat(
                shared().stream().filter(key::contains).map(column -> there(column) + " = " + here(written, column)),
                links.stream()
                        .filter(link -> !(link instanceof Gone) && others().contains(link.column()))
                        .map(link -> same(link, written, direction)))
                .collect(Collectors.joining(" AND "));
        return "NOT EXISTS (SELECT FROM %s AS neap_there WHERE %s)"
                .formatted(isExact() ? follows.sql() : apart(written, follows, direction), same);
    }

    private String same(Link link, QualifiedName written, Direction direction) {
        String there = there(link.column());
        String here = here(written, link.column());
        return switch (link) {
            case Alike alike -> same(there, here, alike.byText());
            case Retyped retyped -> direction == Direction.FORTH
                    ? same(there, retyped.forth().value(), retyped.forth().byText())
                    : "(%s OR %s)"
                            .formatted(
                                    same(there, retyped.back().value(), retyped.back().byText()),
                                    same("neap_there." + made(link), here, retyped.forth().byText()));
            case Gone gone -> throw new IllegalStateException("Column " + gone.column() + " has no equal.");
        };
    }

    private static String same(String one, String other, boolean byText) {
        String text = byText ? "::text" : "";
        // A collation may hold different values for equal.
        return one + text + (byText ? " COLLATE pg_catalog.\"C\"" : "") + " IS NOT DISTINCT FROM " + other + text;
    }

    private static String here(QualifiedName written, Identifier column) {
        return written.name() + "." + column;
    }

    private String there(Identifier column) {
        return "neap_there." + (isExact() ? column.sql() : "neap_" + number(column));
    }

    /** Under names of its own, so that a bare name in an expression can only mean a column of the table that is written. */
    private String apart(QualifiedName written, QualifiedName follows, Direction direction) {
        Stream<String> columns = shared().stream().map(column -> column + " AS neap_" + number(column));
        Stream<String> made = links.stream()
                .filter(link -> direction == Direction.BACK)
                .flatMap(link -> link instanceof Retyped retyped
                        ? Stream.of(retyped.forth().value() + " AS " + made(link))
                        : Stream.empty());
        return "(SELECT %s FROM %s AS %s)"
                .formatted(
                        Stream.concat(columns, made).collect(Collectors.joining(", ")),
                        follows,
                        written.name());
    }

    private String made(Link link) {
        return "neap_made_" + number(link.column());
    }

    private int number(Identifier column) {
        return shared().indexOf(column) + 1;
    }
}
