package dev.neap.catalog;

import dev.neap.catalog.Key.KeyColumn;
import dev.neap.sql.Identifier;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private static final Set<String> WHOLE = Set.of("smallint", "integer", "bigint");

    private static final Set<String> TEXTS = Set.of("text", "character varying", "character");

    /** PostgreSQL's own hash functions, by what {@code format_type} prints. */
    private static final Map<String, String> HASHES = Map.of(
            "smallint", "hashint2(%s)",
            "integer", "hashint4(%s)",
            "bigint", "hashint8(%s)",
            "numeric", "hash_numeric(%s)",
            "uuid", "uuid_hash(%s)",
            "text", "hashtext(%s COLLATE \"C\")",
            "character varying", "hashtext(%s COLLATE \"C\")",
            "character", "hashbpchar(%s COLLATE \"C\")",
            "timestamp without time zone", "timestamp_hash(%s)");

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

    /**
     * A number from 0 to {@code modulus - 1}, the same for the same key, at a cost of some ten nanoseconds: of a whole
     * number its remainder, so that neighbours differ, and of everything else that of a hash.
     *
     * @param modulus an SQL expression of type integer, ≥ 1
     */
    public String remainder(String prefix, String modulus) {
        Optional<Identifier> number = wholeNumber();
        if (number.isPresent()) {
            return "abs(mod(" + prefix + number.get() + ", " + modulus + "))";
        }
        String hash = key.columns().stream().map(column -> hash(prefix, column)).collect(Collectors.joining(" # "));
        return "mod((" + hash + ") & 2147483647, " + modulus + ")";
    }

    /** The column of a key that is a single whole number. */
    public Optional<Identifier> wholeNumber() {
        return Optional.of(key.columns().getFirst())
                .filter(column -> key.columns().size() == 1 && WHOLE.contains(column.type()))
                .map(KeyColumn::name);
    }

    /**
     * The key to the letter, to be compared with {@code IS DISTINCT FROM}: some collations take texts for equal that have
     * different remainders.
     */
    public String letters(String prefix) {
        return list(column -> prefix + column.name() + (TEXTS.contains(bare(column.type())) ? " COLLATE \"C\"" : ""));
    }

    /** Whether {@link #remainder} is the same in every session, whatever its settings. */
    public boolean hasFixedRemainder() {
        return key.columns().stream().allMatch(column -> HASHES.containsKey(bare(column.type())));
    }

    private static String hash(String prefix, KeyColumn column) {
        String value = prefix + column.name();
        String call = HASHES.getOrDefault(bare(column.type()), "hashtext(%s::text COLLATE \"C\")");
        return call.formatted(value);
    }

    /** Without length or precision. */
    private static String bare(String type) {
        return type.replaceFirst("\\(.*\\)", "");
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
