package dev.neap.catalog;

import dev.neap.catalog.Key.KeyColumn;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A key as SQL. Values travel as text arrays ({@code text[]}), one element a column, in PostgreSQL's own output format,
 * and are cast back to the column's type where they are compared; so every type works, and comparisons are those of the
 * index.
 */
public record KeySql(Key key) {

    /** {@code a, b} or {@code a DESC, b DESC}: the order of the index, or its reverse. */
    public String orderBy(boolean descending) {
        return list(column -> operand("", column) + (descending ? " DESC" : ""));
    }

    /**
     * {@code ARRAY[a::text, b::text]}.
     *
     * @param prefix what stands before each column, such as {@code NEW.}; may be empty
     */
    public String asText(String prefix) {
        return "ARRAY[" + list(column -> prefix + column.name() + "::text") + "]";
    }

    /**
     * A row comparison of the key's columns with the elements of a text array: {@code (a, b) > (CAST(x[1] AS …), …)}.
     *
     * @param operator {@code =}, {@code <}, {@code <=}, {@code >} or {@code >=}
     * @param array an SQL expression of type {@code text[]}
     */
    public String compare(String prefix, String operator, String array) {
        return compare(prefix, operator, i -> array + "[" + i + "]");
    }

    /** The same against parameters: one {@code ?} a column. */
    public String compareWithParameters(String operator) {
        return compare("", operator, i -> "?");
    }

    /**
     * Whether the key is among text arrays: {@code (a, b) IN (SELECT CAST(x[1] AS …), … FROM …)}. PostgreSQL reads them
     * once and then looks each row up in a hash table.
     *
     * @param array an SQL expression of type {@code text[]} over {@code source}
     * @param source what follows FROM
     */
    public String among(String prefix, String array, String source) {
        return "(" + list(column -> operand(prefix, column)) + ") IN (SELECT " + casts(i -> array + "[" + i + "]")
                + " FROM " + source + ")";
    }

    private String compare(String prefix, String operator, IntFunction<String> value) {
        return "(" + list(column -> operand(prefix, column)) + ") " + operator + " (" + casts(value) + ")";
    }

    private String casts(IntFunction<String> value) {
        return IntStream.rangeClosed(1, key.columns().size())
                .mapToObj(i -> "CAST(" + value.apply(i) + " AS "
                        + key.columns().get(i - 1).type() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String operand(String prefix, KeyColumn column) {
        return prefix + column.name() + column.collation().map(c -> " COLLATE " + c).orElse("");
    }

    private String list(Function<KeyColumn, String> each) {
        return key.columns().stream().map(each).collect(Collectors.joining(", "));
    }
}
