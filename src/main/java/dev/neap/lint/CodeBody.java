package dev.neap.lint;

import dev.neap.sql.SqlStatement;
import dev.neap.sql.Token;
import dev.neap.sql.Token.Kind;
import dev.neap.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The body of a DO block between dollar quotes, as far as its words tell without PL/pgSQL's grammar. */
final class CodeBody {

    /** The words of PL/pgSQL behind which a statement may begin; a semicolon is the other. */
    private static final Set<String> BEFORE = Set.of("BEGIN", "THEN", "ELSE", "LOOP");

    private static final Set<String> VERBS = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "CREATE");

    private CodeBody() {}

    /** All that it says, without blanks and comments; nothing of a statement that has no such body. */
    static List<Token> tokens(SqlStatement block) {
        if (!block.starts("DO")) {
            return List.of();
        }
        return block.tokens()
                .stream()
                .filter(token -> token.kind() == Kind.STRING && token.text().startsWith("$"))
                .flatMap(token -> Tokens.of(token.text().replaceAll("^\\$\\w*\\$|\\$\\w*\\$$", "")).stream())
                .filter(Token::speaks)
                .toList();
    }

    /** Those of its statements that change rows or make something; what EXECUTE is given as a text is none. */
    static List<SqlStatement> statements(SqlStatement block) {
        List<SqlStatement> statements = new ArrayList<>();
        List<Token> tokens = tokens(block);
        int begin = -1;
        for (int i = 0; i < tokens.size(); i++) {
            boolean first = i == 0 || tokens.get(i - 1).is(";") || BEFORE.contains(tokens.get(i - 1).word());
            if (begin < 0 && first && VERBS.contains(tokens.get(i).word())) {
                begin = i;
            }
            boolean last = tokens.get(i).is(";") || i == tokens.size() - 1;
            if (begin >= 0 && last) {
                statements.add(statement(tokens.subList(begin, tokens.get(i).is(";") ? i : i + 1)));
                begin = -1;
            }
        }
        return statements;
    }

    private static SqlStatement statement(List<Token> tokens) {
        String text = tokens.stream().map(Token::text).collect(Collectors.joining(" "));
        return new SqlStatement(text, tokens.getFirst().line(), tokens);
    }
}
