package dev.neap.sql;

/**
 * Makes an author's SQL fit into a statement with JDBC parameters, where a bare question mark would be taken for one: the
 * operators of jsonb ({@code ?}, {@code ?|}, {@code ?&}) are written with two for the driver.
 */
public final class Placeholders {

    private final String sql;
    private final StringBuilder escaped = new StringBuilder();
    private int at;

    private Placeholders(String sql) {
        this.sql = sql;
    }

    /** {@code sql} with each question mark doubled that is not inside quotes, dollar quotes or a comment. */
    public static String escape(String sql) {
        return sql.indexOf('?') < 0 ? sql : new Placeholders(sql).run();
    }

    private String run() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            switch (c) {
                case '\'', '"' -> copyQuoted(c);
                case '$' -> copyDollarQuoted();
                case '-' -> copyLineComment();
                case '/' -> copyBlockComment();
                case '?' -> copy("??", 1);
                default -> copy(String.valueOf(c), 1);
            }
        }
        return escaped.toString();
    }

    private void copyQuoted(char quote) {
        boolean escapes = quote == '\'' && at > 0 && "Ee".indexOf(sql.charAt(at - 1)) >= 0 && !isWord(at - 2);
        int end = at + 1;
        while (end < sql.length() && sql.charAt(end) != quote) {
            end += escapes && sql.charAt(end) == '\\' ? 2 : 1;
        }
        copyTo(end + 1);
    }

    private void copyDollarQuoted() {
        int tagEnd = sql.indexOf('$', at + 1);
        boolean tag = tagEnd > 0
                && !isWord(at - 1)
                && sql.substring(at + 1, tagEnd).chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
        if (!tag) {
            copy("$", 1);
            return;
        }
        String delimiter = sql.substring(at, tagEnd + 1);
        int end = sql.indexOf(delimiter, tagEnd + 1);
        copyTo(end < 0 ? sql.length() : end + delimiter.length());
    }

    /** Whether a word has a character there: the e of {@code date'…'} is no prefix of a text, the dollar of
     * {@code a$b} no quote. */
    private boolean isWord(int index) {
        return index >= 0 && (Character.isLetterOrDigit(sql.charAt(index)) || "_$".indexOf(sql.charAt(index)) >= 0);
    }

    private void copyLineComment() {
        if (!sql.startsWith("--", at)) {
            copy("-", 1);
            return;
        }
        int end = sql.indexOf('\n', at);
        copyTo(end < 0 ? sql.length() : end + 1);
    }

    /** To its end: PostgreSQL's nest. */
    private void copyBlockComment() {
        if (!sql.startsWith("/*", at)) {
            copy("/", 1);
            return;
        }
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
        copyTo(end);
    }

    private void copyTo(int end) {
        int limit = Math.min(end, sql.length());
        copy(sql.substring(at, limit), limit - at);
    }

    private void copy(String text, int consumed) {
        escaped.append(text);
        at += consumed;
    }
}
