package dev.neap.preflight;

import java.util.ArrayList;
import java.util.List;

/**
 * SQL for a terminal: lines of at most a width, broken only at blanks outside of quotes, so that it still means the same
 * when it is copied. A line that holds a comment is left alone.
 */
final class SqlText {

    private static final List<String> CLAUSES = List.of(
            " WHERE ", " FROM ", " SET ", " EXECUTE ", " FOR EACH ROW", " WHEN (", " RETURNS ", " AS ", " OR ", " AND ",
            " USING ", " CHECK ", " REFERENCES ", " ON ", " THEN ", " ELSE ", " ELSIF ");

    private SqlText() {}

    /** @param width at least 40 */
    static List<String> lines(String sql, int width) {
        List<String> lines = new ArrayList<>();
        for (String line : sql.strip().split("\n")) {
            wrap(line.stripTrailing(), width, lines);
        }
        return lines;
    }

    private static void wrap(String line, int width, List<String> into) {
        String indent = " ".repeat(line.length() - line.stripLeading().length() + 4);
        String rest = line;
        boolean mayBreak = !hasComment(line);
        while (mayBreak && rest.length() > width) {
            int cut = cut(rest, width, indent.length());
            if (cut < 0) {
                break;
            }
            into.add(rest.substring(0, cut).stripTrailing());
            rest = indent + rest.substring(cut).stripLeading();
        }
        into.add(rest);
    }

    /** Before a clause if one begins in the second half of the line, else at the last blank, else at the first. */
    private static int cut(String line, int width, int indent) {
        boolean[] open = open(line);
        int clause = -1;
        int last = -1;
        int first = -1;
        int start = line.length() - line.stripLeading().length();
        for (int i = Math.max(start, indent) + 1; i < line.length(); i++) {
            if (line.charAt(i) != ' ' || !open[i]) {
                continue;
            }
            if (i <= width) {
                last = i;
                int at = i;
                if (i > width / 2 && CLAUSES.stream().anyMatch(word -> line.startsWith(word, at))) {
                    clause = i;
                }
            } else if (first < 0) {
                first = i;
            }
        }
        return clause > 0 ? clause : last > 0 ? last : first;
    }

    /** For each character, whether it stands outside of quotes; text between dollar quotes is SQL again. */
    private static boolean[] open(String line) {
        boolean[] open = new boolean[line.length()];
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            open[i] = quote == 0;
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        return open;
    }

    private static boolean hasComment(String line) {
        boolean[] open = open(line);
        for (int i = line.indexOf("--"); i >= 0; i = line.indexOf("--", i + 1)) {
            if (open[i]) {
                return true;
            }
        }
        return line.contains("/*") && !line.contains("*/");
    }
}
