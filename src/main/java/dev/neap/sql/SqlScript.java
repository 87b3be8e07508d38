package dev.neap.sql;

import dev.neap.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * A text of several statements, cut where psql would cut it: at semicolons that stand neither in quotes nor in comments,
 * parentheses (CREATE RULE) or the body of a function in SQL's own form (BEGIN ATOMIC … END).
 */
public record SqlScript(List<SqlStatement> statements) {

    public SqlScript {
        statements = List.copyOf(statements);
    }

    /**
     * @throws IllegalArgumentException if it ends within a quote, a comment or a function's body; the message is a whole
     *     sentence
     */
    public static SqlScript of(String text) {
        Cutting cutting = new Cutting();
        for (Token token : Tokens.of(text)) {
            if (!token.finished()) {
                throw new IllegalArgumentException("The %s that begins in line %d has no end."
                        .formatted(
                                token.kind() == Kind.COMMENT
                                        ? "comment"
                                        : token.kind() == Kind.STRING ? "text" : "quoted name",
                                token.line()));
            }
            cutting.take(token);
        }
        return new SqlScript(cutting.end());
    }

    /** The statements so far. */
    private static final class Cutting {

        private final List<SqlStatement> statements = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private final List<Token> tokens = new ArrayList<>();
        private int parentheses;
        private int bodies;

        private void take(Token token) {
            if (token.is(";") && parentheses <= 0 && bodies == 0) {
                cut();
                return;
            }
            if (token.kind() == Kind.PSQL && tokens.isEmpty()) {
                add(token);
                cut();
                return;
            }
            count(token);
            add(token);
        }

        private void add(Token token) {
            if (token.speaks()) {
                tokens.add(token);
            }
            if (!tokens.isEmpty()) {
                text.append(token.text());
            }
        }

        /** As psql counts (psqlscan.l): words that nest are looked for only where a routine is made. */
        private void count(Token token) {
            parentheses += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (parentheses > 0 || !makesRoutine()) {
                return;
            }
            if (token.is("BEGIN") || bodies > 0 && token.is("CASE")) {
                bodies++;
            } else if (bodies > 0 && token.is("END")) {
                bodies--;
            }
        }

        private boolean makesRoutine() {
            if (tokens.isEmpty() || !tokens.getFirst().is("CREATE")) {
                return false;
            }
            int what = tokens.size() > 2 && tokens.get(1).is("OR") && tokens.get(2).is("REPLACE") ? 3 : 1;
            return tokens.size() > what && (tokens.get(what).is("FUNCTION") || tokens.get(what).is("PROCEDURE"));
        }

        private void cut() {
            if (!tokens.isEmpty()) {
                statements.add(new SqlStatement(text.toString().strip(), tokens.getFirst().line(), tokens));
            }
            tokens.clear();
            text.setLength(0);
            parentheses = 0;
        }

        private List<SqlStatement> end() {
            if (bodies > 0) {
                throw new IllegalArgumentException("The routine that begins in line %d has no END."
                        .formatted(tokens.getFirst().line()));
            }
            cut();
            return statements;
        }
    }
}
