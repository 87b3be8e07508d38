package dev.neap.preflight;

import java.util.ArrayList;
import java.util.List;

/**
 * SQL for a terminal: lines of at most a width, broken only at blanks outside of quotes and comments, so that it still
 * means the same when it is copied.
 */
final class SqlText {

    private static final List<String> CLAUSES = List.of(
            " WHERE ", " FROM ", " SET ", " EXECUTE ", " FOR EACH ROW", " WHEN (", " RETURNS ", " AS $", " OR ",
            " AND ",
            " USING ", " CHECK ", " REFERENCES ", " ON ", " THEN ", " ELSE ", " ELSIF ", " NOT VALID");

    private final String sql;
    private final boolean[] breakable;
    private final int width;
    private final List<String> lines = new ArrayList<>();

    private SqlText(String sql, int width) {
        this.sql = sql;
        this.breakable = breakable(sql);
        this.width = width;
    }

    /**
     * @param width at least 40; what can't be broken stays longer
     * @return the lines without line feeds
     */
    static List<String> lines(String sql, int width) {
        SqlText text = new SqlText(sql.strip(), width);
        int from = 0;
        for (int to = text.sql.indexOf('\n'); to >= 0; to = text.sql.indexOf('\n', from)) {
            text.wrap(from, to);
            from = to + 1;
        }
        text.wrap(from, text.sql.length());
        return text.lines;
    }

    private void wrap(int begin, int end) {
        int from = begin;
        int start = begin;
        while (start < end && sql.charAt(start) == ' ') {
            start++;
        }
        String further = " ".repeat(start - begin + 4);
        String indent = "";
        while (indent.length() + end - from > width) {
            int cut = cut(from == begin ? start : from, end, from + width - indent.length());
            if (cut < 0) {
                break;
            }
            lines.add(indent + sql.substring(from, cut));
            from = cut + 1;
            indent = further;
        }
        lines.add(indent + sql.substring(from, end));
    }

    /**
     * Before the last clause in the second half of the line, else at its last blank, else at the first one after it.
     */
    private int cut(int from, int end, int limit) {
        int clause = -1;
        int last = -1;
        for (int i = from + 1; i < end; i++) {
            if (sql.charAt(i) != ' ' || !breakable[i]) {
                continue;
            }
            if (i > limit) {
                return clause > 0 ? clause : last > 0 ? last : i;
            }
            last = i;
            int at = i;
            if (i > (from + limit) / 2 && CLAUSES.stream().anyMatch(word -> sql.startsWith(word, at))) {
                clause = i;
            }
        }
        return clause > 0 ? clause : last;
    }

    /** For each character, whether a blank there may become a line feed. Text between dollar quotes is SQL again. */
    private static boolean[] breakable(String sql) {
        boolean[] breakable = new boolean[sql.length()];
        int i = 0;
        while (i < sql.length()) {
            int end = closing(sql, i);
            if (end < 0) {
                breakable[i] = true;
                i++;
            } else {
                i = end;
            }
        }
        return breakable;
    }

    /** Where what begins at {@code at} and must stay whole ends; negative if nothing such begins there. */
    private static int closing(String sql, int at) {
        char c = sql.charAt(at);
        if (c == '\'' || c == '"') {
            boolean escapes = c == '\'' && at > 0 && Character.toUpperCase(sql.charAt(at - 1)) == 'E';
            int i = at + 1;
            while (i < sql.length() && sql.charAt(i) != c) {
                i += escapes && sql.charAt(i) == '\\' ? 2 : 1;
            }
            return Math.min(i + 1, sql.length());
        }
        if (sql.startsWith("--", at)) {
            // Blanks before the comment on its line are fine to break at; those in it are not.
            int end = sql.indexOf('\n', at);
            return end < 0 ? sql.length() : end;
        }
        if (sql.startsWith("/*", at)) {
            int end = sql.indexOf("*/", at);
            return end < 0 ? sql.length() : end + 2;
        }
        return -1;
    }
}
