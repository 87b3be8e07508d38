package dev.neap.catalog;

import dev.neap.sql.Token;
import dev.neap.sql.Tokens;
import java.util.Optional;

/**
 * Tells whether a text from a change file may be put in parentheses and into a statement without reaching beyond them.
 * Whether it means anything is PostgreSQL's to say.
 */
final class Fragment {

    private Fragment() {}

    /** What is wrong with it, as the end of a sentence that begins with what it is; empty if nothing. */
    static Optional<String> flaw(String sql) {
        if (sql.isBlank()) {
            return Optional.of("is empty");
        }
        int open = 0;
        for (Token token : Tokens.of(sql)) {
            Optional<String> flaw = flaw(token);
            if (flaw.isPresent()) {
                return flaw;
            }
            open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (open < 0) {
                return Optional.of("closes a parenthesis that it does not open");
            }
        }
        return open > 0 ? Optional.of("has a parenthesis without an end") : Optional.empty();
    }

    private static Optional<String> flaw(Token token) {
        if (!token.finished()) {
            return Optional.of(switch (token.kind()) {
                case COMMENT -> "has a comment without an end";
                case STRING -> token.text().startsWith("$")
                        ? "has a dollar quote without an end"
                        : "has a quote without an end";
                case SPACE, WORD, QUOTED_NAME, NUMBER, MARK, PSQL -> "has a quote without an end";
            });
        }
        if (token.kind() == Token.Kind.COMMENT && token.text().startsWith("--")) {
            return Optional.of("holds a comment (--), which would hide what follows it");
        }
        return token.is(";")
                ? Optional.of("holds a semicolon, so it is more than one expression")
                : Optional.empty();
    }
}
