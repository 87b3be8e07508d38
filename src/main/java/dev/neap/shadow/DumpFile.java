package dev.neap.shadow;

import dev.neap.sql.SqlScript;
import dev.neap.sql.SqlStatement;
import dev.neap.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What {@code pg_dump --schema-only} wrote. Who owns what and who may do what is left out, as are commands of psql and the
 * rows of a dump that has some: none of it changes a lock.
 *
 * @param statements in the order of the file
 * @param major of the server that was dumped, where the file says it
 */
public record DumpFile(List<String> statements, OptionalInt major) {

    private static final Pattern VERSION = Pattern.compile("(?m)^-- Dumped from database version (\\d+)");
    private static final Pattern COPY = Pattern.compile("(?ims)^COPY [^;]*? FROM stdin;.*?^\\\\\\.$");

    public DumpFile {
        statements = List.copyOf(statements);
    }

    /** @throws IllegalArgumentException if a quote, comment or body has no end; the message is a sentence */
    public static DumpFile of(String text) {
        Matcher version = VERSION.matcher(text);
        OptionalInt major = version.find()
                ? OptionalInt.of(Integer.parseInt(version.group(1)))
                : OptionalInt.empty();
        List<String> statements = new ArrayList<>();
        for (SqlStatement statement : SqlScript.of(COPY.matcher(text).replaceAll("")).statements()) {
            if (isOfTheSchema(statement)) {
                statements.add(statement.text());
            }
        }
        return new DumpFile(statements, major);
    }

    private static boolean isOfTheSchema(SqlStatement statement) {
        return switch (statement.sort()) {
            case STRUCTURE -> !statement.starts("GRANT") && !statement.starts("REVOKE")
                    && !statement.starts("COMMENT") && !statement.starts("ALTER", "DEFAULT")
                    && !statement.starts("SECURITY") && !namesOwner(statement)
                    && !isOwnTrigger(statement)
                    && !statement.starts("CREATE", "SUBSCRIPTION") && !statement.starts("ALTER", "SUBSCRIPTION")
                    && !statement.starts("CREATE", "DATABASE") && !statement.starts("ALTER", "DATABASE");
            case ROWS, QUERY, CODE, TRANSACTION, SETTING, MAINTENANCE, OTHER -> false;
        };
    }

    /** One of Neap's, whose schema may not be in the dump. */
    private static boolean isOwnTrigger(SqlStatement statement) {
        List<Token> tokens = statement.tokens();
        return statement.starts("CREATE", "TRIGGER") && IntStream.range(2, tokens.size() - 1)
                .anyMatch(
                        i -> tokens.get(i - 2).is("EXECUTE") && tokens.get(i).is("neap") && tokens.get(i + 1).is("."));
    }

    private static boolean namesOwner(SqlStatement statement) {
        List<Token> tokens = statement.tokens();
        return statement.starts("ALTER") && IntStream.range(1, tokens.size())
                .anyMatch(i -> tokens.get(i - 1).is("OWNER") && tokens.get(i).is("TO"));
    }
}
