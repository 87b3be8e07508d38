package dev.neap.sql;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The exact name of a column, table, index or other object, as the catalog stores it: case matters, quotes are not
 * part of it.
 *
 * @param value the name; not empty, no NUL character, at most 63 bytes of UTF-8 (PostgreSQL's NAMEDATALEN − 1, beyond
 *     which the server would silently cut it)
 */
public record Identifier(String value) implements Comparable<Identifier> {

    /** The longest name that PostgreSQL keeps whole, in bytes of UTF-8. */
    public static final int MAX_BYTES = 63;

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    public Identifier {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A name is empty. Give it at least one character.");
        }
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("The name contains a NUL character. PostgreSQL can't store it.");
        }
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("The name \"%s\" has %d bytes. PostgreSQL keeps only %d; shorten it."
                    .formatted(value, bytes, MAX_BYTES));
        }
    }

    public static Identifier of(String value) {
        return new Identifier(value);
    }

    /**
     * Cuts {@code text} so that it is a legal name with {@code suffix} at its end; the cut falls between characters.
     * Both parts together must not be empty.
     */
    public static Identifier shortened(String text, String suffix) {
        String stem = text;
        while ((stem + suffix).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return new Identifier(stem + suffix);
    }

    /** The name as it must stand in SQL: bare where that is safe in every supported version, quoted otherwise. */
    public String sql() {
        if (PLAIN.matcher(value).matches() && !Keywords.needQuotes(value)) {
            return value;
        }
        return '"' + value.replace("\"", "\"\"") + '"';
    }

    @Override
    public int compareTo(Identifier other) {
        return value.compareTo(other.value);
    }

    /** The same as {@link #sql()}, so that a name put into a text by mistake is still right. */
    @Override
    public String toString() {
        return sql();
    }
}
