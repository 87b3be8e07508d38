package dev.neap.catalog;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a text from a change file may be put in parentheses and into a statement without reaching beyond them.
 * Whether it means anything is PostgreSQL's to say. Quotes, dollar quotes and block comments are read as the manual says
 * (4.1), with standard_conforming_strings on.
 */
final class Fragment {

    private final String sql;
    private int at;

    private Fragment(String sql) {
        this.sql = sql;
    }

    /** What is wrong with it, as the end of a sentence that begins with what it is; empty if nothing. */
    static Optional<String> flaw(String sql) {
        return new Fragment(sql).scan();
    }

    private Optional<String> scan() {
        if (sql.isBlank()) {
            return Optional.of("is empty");
        }
        int open = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\'' || c == '"') {
                if (!skipQuoted(c, c == '\'' && escapes())) {
                    return Optional.of("has a quote without an end");
                }
            } else if (c == '$' && !afterWord() && tag() != null) {
                String tag = tag();
                int end = sql.indexOf(tag, at + tag.length());
                if (end < 0) {
                    return Optional.of("has a dollar quote without an end");
                }
                at = end + tag.length();
            } else if (sql.startsWith("--", at)) {
                return Optional.of("holds a comment (--), which would hide what follows it");
            } else if (sql.startsWith("/*", at)) {
                if (!skipComment()) {
                    return Optional.of("has a comment without an end");
                }
            } else if (c == ';') {
                return Optional.of("holds a semicolon, so it is more than one expression");
            } else if (c == ')' && --open < 0) {
                return Optional.of("closes a parenthesis that it does not open");
            } else {
                open += c == '(' ? 1 : 0;
                at++;
            }
        }
        return open > 0 ? Optional.of("has a parenthesis without an end") : Optional.empty();
    }

    /** Whether the quote at hand begins an escape string: {@code E'…'}. */
    private boolean escapes() {
        return at > 0
                && Character.toUpperCase(sql.charAt(at - 1)) == 'E'
                && (at == 1 || !isWord(sql.charAt(at - 2)));
    }

    private boolean afterWord() {
        return at > 0 && isWord(sql.charAt(at - 1));
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private boolean skipQuoted(char quote, boolean escapes) {
        for (int i = at + 1; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (escapes && c == '\\') {
                i++;
            } else if (c == quote) {
                if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                    i++;
                } else {
                    at = i + 1;
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable String tag() {
        int end = at + 1;
        while (end < sql.length() && isWord(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        boolean closed = end < sql.length() && sql.charAt(end) == '$';
        boolean legal = end == at + 1 || !Character.isDigit(sql.charAt(at + 1));
        return closed && legal ? sql.substring(at, end + 1) : null;
    }

    private boolean skipComment() {
        int depth = 0;
        while (at < sql.length()) {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
                if (depth == 0) {
                    return true;
                }
            } else {
                at++;
            }
        }
        return false;
    }
}
