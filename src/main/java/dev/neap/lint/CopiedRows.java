package dev.neap.lint;

import dev.neap.sql.Token;
import dev.neap.sql.Token.Kind;
import dev.neap.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The rows that stand in a file behind {@code COPY … FROM STDIN;} or psql's {@code \copy}, up to a line {@code \.} (manual,
 * COPY, text format): they are no SQL. Where no such line follows, they are not there.
 */
final class CopiedRows {

    private static final Pattern END = Pattern.compile("(?m)^\\\\\\.\\r?$");
    private static final Pattern META = Pattern.compile("(?i)\\\\copy\\b.*\\bfrom\\s+p?stdin\\b.*", Pattern.DOTALL);

    private CopiedRows() {}

    /** The text with empty lines for those rows and their end, so that all else stays where it is. */
    static String blanked(String text) {
        StringBuilder blanked = new StringBuilder();
        int from = 0;
        Matcher end = END.matcher(text);
        while (end.find()) {
            String part = text.substring(from, end.start());
            OptionalInt rows = begin(part);
            if (rows.isPresent()) {
                blanked.append(part, 0, rows.getAsInt())
                        .append(part.substring(rows.getAsInt()).replaceAll("[^\n]", ""));
                from = end.end();
            }
        }
        return blanked.append(text.substring(from)).toString();
    }

    /** Where the rows of the first COPY begin: in the line behind its semicolon. */
    private static OptionalInt begin(String part) {
        List<Token> statement = new ArrayList<>();
        int at = 0;
        for (Token token : Tokens.of(part)) {
            at += token.text().length();
            boolean command = token.kind() == Kind.PSQL && statement.isEmpty();
            if (command ? META.matcher(token.text()).matches() : token.is(";") && copies(statement)) {
                int line = part.indexOf('\n', at);
                return line < 0 ? OptionalInt.empty() : OptionalInt.of(line);
            }
            if (command || token.is(";")) {
                statement.clear();
            } else if (token.speaks()) {
                statement.add(token);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean copies(List<Token> statement) {
        return !statement.isEmpty() && statement.getFirst().is("COPY") && IntStream.range(1, statement.size())
                .anyMatch(i -> statement.get(i - 1).is("FROM") && statement.get(i).is("STDIN"));
    }
}
