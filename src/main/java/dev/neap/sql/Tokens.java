package dev.neap.sql;

import dev.neap.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts SQL text into tokens as PostgreSQL's lexer does (manual, 4.1), with standard_conforming_strings on. All tokens
 * together are the text again, whatever it holds.
 */
public final class Tokens {

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private Tokens(String sql) {
        this.sql = sql;
    }

    public static List<Token> of(String sql) {
        Tokens tokens = new Tokens(sql);
        while (tokens.at < sql.length()) {
            tokens.next();
        }
        return tokens.tokens;
    }

    private void next() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            add(Kind.SPACE, endOf(at, Character::isWhitespace), true);
        } else if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            add(Kind.COMMENT, end < 0 ? sql.length() : end, true);
        } else if (sql.startsWith("/*", at)) {
            comment();
        } else if (c == '\'' || c == '"') {
            quoted(at, c == '\'' ? Kind.STRING : Kind.QUOTED_NAME, false);
        } else if (c == '$') {
            dollar();
        } else if (isWordStart(c)) {
            word();
        } else if (Character.isDigit(c)) {
            add(Kind.NUMBER, endOf(at, d -> Character.isLetterOrDigit(d) || d == '.' || d == '_'), true);
        } else if (c == '\\' && (at == 0 || sql.charAt(at - 1) == '\n')) {
            int end = sql.indexOf('\n', at);
            add(Kind.PSQL, end < 0 ? sql.length() : end, true);
        } else {
            add(Kind.MARK, at + Character.charCount(sql.codePointAt(at)), true);
        }
    }

    /** PostgreSQL's block comments nest. */
    private void comment() {
        int depth = 0;
        int end = at;
        do {
            if (sql.startsWith("/*", end)) {
                depth++;
                end += 2;
            } else if (sql.startsWith("*/", end)) {
                depth--;
                end += 2;
            } else {
                end++;
            }
        } while (depth > 0 && end < sql.length());
        add(Kind.COMMENT, end, depth == 0);
    }

    /** @param open where the opening quote is; what stands before it belongs to the token */
    private void quoted(int open, Kind kind, boolean escapes) {
        char quote = sql.charAt(open);
        int end = open + 1;
        while (end < sql.length()) {
            char c = sql.charAt(end);
            if (escapes && c == '\\') {
                end += 2;
            } else if (c != quote) {
                end++;
            } else if (end + 1 < sql.length() && sql.charAt(end + 1) == quote) {
                end += 2;
            } else {
                add(kind, end + 1, true);
                return;
            }
        }
        add(kind, sql.length(), false);
    }

    private void dollar() {
        int tagEnd = endOf(at + 1, Tokens::isTag);
        boolean tag = tagEnd < sql.length()
                && sql.charAt(tagEnd) == '$'
                && !Character.isDigit(sql.charAt(at + 1));
        if (!tag) {
            add(Kind.MARK, at + 1, true);
            return;
        }
        String delimiter = sql.substring(at, tagEnd + 1);
        int end = sql.indexOf(delimiter, tagEnd + 1);
        add(Kind.STRING, end < 0 ? sql.length() : end + delimiter.length(), end >= 0);
    }

    /** A word, or the quotes that it is the prefix of. */
    private void word() {
        int end = endOf(at, c -> isTag(c) || c == '$');
        String word = sql.substring(at, end);
        if (word.equalsIgnoreCase("U") && (sql.startsWith("&'", end) || sql.startsWith("&\"", end))) {
            quoted(end + 1, sql.charAt(end + 1) == '\'' ? Kind.STRING : Kind.QUOTED_NAME, false);
        } else if (word.length() == 1 && "EeBbXxNn".contains(word) && sql.startsWith("'", end)) {
            quoted(end, Kind.STRING, word.equalsIgnoreCase("E"));
        } else {
            add(Kind.WORD, end, true);
        }
    }

    private static boolean isWordStart(char c) {
        return Character.isLetter(c) || c == '_' || c >= 0x80;
    }

    private static boolean isTag(char c) {
        return isWordStart(c) || Character.isDigit(c);
    }

    /** One of characters. */
    private interface Sort {
        boolean has(char c);
    }

    private int endOf(int from, Sort sort) {
        int end = from;
        while (end < sql.length() && sort.has(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private void add(Kind kind, int end, boolean finished) {
        int limit = Math.min(end, sql.length());
        String text = sql.substring(at, limit);
        tokens.add(new Token(kind, text, line, finished));
        line += (int) text.chars().filter(c -> c == '\n').count();
        at = limit;
    }
}
