package dev.neap.sql;

import java.util.Locale;

/**
 * A piece of SQL text as PostgreSQL's lexer sees it (manual, 4.1).
 *
 * @param text exactly as it stands, quotes included
 * @param line where it begins; from 1
 * @param finished whether a quote or comment has its end
 */
public record Token(Kind kind, String text, int line, boolean finished) {

    /** What a piece of SQL is. */
    public enum Kind {
        /** Blanks and line ends. */
        SPACE,
        /** From two hyphens to the end of the line, or between slash and asterisk, nested. */
        COMMENT,
        /** A key word or a name without quotes. */
        WORD,
        /** A name in double quotes. */
        QUOTED_NAME,
        /** A text of any form: plain, with escapes, of bits, between dollar quotes. */
        STRING,
        NUMBER,
        /** A single character of an operator, a parenthesis, a comma, a semicolon. */
        MARK,
        /** A command of psql, from a backslash at the beginning of a line to its end. */
        PSQL
    }

    /** Whether it says anything to the server. */
    public boolean speaks() {
        return kind != Kind.SPACE && kind != Kind.COMMENT;
    }

    /** Whether it is this word, however it is written, or this mark. */
    public boolean is(String other) {
        return switch (kind) {
            case WORD -> text.equalsIgnoreCase(other);
            case MARK -> text.equals(other);
            case SPACE, COMMENT, QUOTED_NAME, STRING, NUMBER, PSQL -> false;
        };
    }

    /** A word in upper case; empty for everything else. */
    public String word() {
        return kind == Kind.WORD ? text.toUpperCase(Locale.ROOT) : "";
    }
}
