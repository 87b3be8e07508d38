package dev.neap.sql;

/** String literals for the few statements that take no parameters (DDL, function bodies, {@code EXPLAIN}). */
public final class Literal {

    private Literal() {}

    /**
     * {@code text} as a string literal that means the same whatever standard_conforming_strings says (PostgreSQL
     * manual, 4.1.2.2): an escape string as soon as it holds a backslash.
     */
    public static String of(String text) {
        String quoted = "'" + text.replace("'", "''").replace("\\", "\\\\") + "'";
        return text.indexOf('\\') >= 0 ? "E" + quoted : quoted;
    }

    /**
     * {@code body} between dollar quotes whose tag does not occur in it.
     *
     * @param tag a word of letters
     */
    public static String dollarQuoted(String tag, String body) {
        String delimiter = "$" + tag + "$";
        // A body that ends in "$tag" would close itself with the delimiter's first character.
        for (int i = 1; (body + delimiter).indexOf(delimiter) < body.length(); i++) {
            delimiter = "$" + tag + i + "$";
        }
        return delimiter + body + delimiter;
    }
}
