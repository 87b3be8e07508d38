package dev.neap.lint;

import dev.neap.sql.SqlScript;
import dev.neap.sql.SqlStatement;
import dev.neap.sql.Token;
import dev.neap.sql.Token.Kind;
import dev.neap.sql.Tokens;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A migration in plain SQL, cut into its statements. What stands behind the marker of a down part (as goose, dbmate and
 * sql-migrate write it) is not looked at: it does not run with the rest.
 *
 * @param source its name for messages
 * @param statements in their order
 * @param comments with their lines, from 1
 * @param wrapped whether the tool that runs it puts all of it into one transaction, which most do unless told otherwise
 */
public record SqlFile(String source, List<Placed> statements, List<Comment> comments, boolean wrapped) {

    private static final Pattern DOWN = Pattern.compile(
            "(?im)^\\s*--\\s*(?:migrate:down|\\+goose\\s+down|\\+migrate\\s+down)\\b");

    /** How files say so: Neap, goose, dbmate, atlas, sqlx, sql-migrate, Flyway. */
    private static final Pattern NO_TRANSACTION = Pattern.compile(
            "(?i)--\\s*(?:neap:transaction\\s+none|\\+goose\\s+no\\s+transaction|migrate:up\\s+transaction:false"
                    + "|atlas:txmode\\s+none|no-transaction|\\+migrate\\s+up\\s+notransaction"
                    + "|flyway:executeInTransaction=false)\\b.*");

    /**
     * A statement and its place.
     *
     * @param spot of its first word
     */
    public record Placed(SqlStatement sql, Spot spot) {}

    /** A comment as it stands, and where it begins. */
    public record Comment(String text, Spot spot) {}

    public SqlFile {
        statements = List.copyOf(statements);
        comments = List.copyOf(comments);
    }

    /** @throws IllegalArgumentException if a quote, comment or body has no end; the message is a sentence */
    public static SqlFile of(String source, String text) {
        String sql = CopiedRows.blanked(text);
        Matcher down = DOWN.matcher(sql);
        String up = down.find() ? sql.substring(0, down.start()) : sql;
        List<SqlStatement> script = SqlScript.of(up).statements();
        Walk walk = new Walk(source, script.iterator());
        Tokens.of(up).forEach(walk::take);
        boolean told = walk.comments.stream().anyMatch(comment -> NO_TRANSACTION.matcher(comment.text()).matches());
        boolean itself = script.stream().anyMatch(statement -> statement.starts("BEGIN") || statement.starts("START"));
        return new SqlFile(source, walk.placed, walk.comments, !told && !itself);
    }

    /** Statements that stand in a change file. */
    static SqlFile of(String source, List<Placed> statements, boolean wrapped) {
        return new SqlFile(source, statements, List.of(), wrapped);
    }

    /** The statements as they are sent. */
    public List<String> texts() {
        return statements.stream().map(placed -> placed.sql().text()).toList();
    }

    /** Finds the places of statements by going over all tokens once more, now with those that do not speak. */
    private static final class Walk {

        private final String source;
        private final Iterator<SqlStatement> script;
        private final List<Placed> placed = new ArrayList<>();
        private final List<Comment> comments = new ArrayList<>();
        private int column = 1;
        private int missing;

        private Walk(String source, Iterator<SqlStatement> script) {
            this.source = source;
            this.script = script;
        }

        private void take(Token token) {
            Spot spot = new Spot(source, token.line(), column);
            if (token.kind() == Kind.COMMENT) {
                comments.add(new Comment(token.text(), spot));
            } else if (token.speaks() && missing > 0) {
                missing--;
            } else if (token.speaks() && !token.is(";") && script.hasNext()) {
                SqlStatement statement = script.next();
                placed.add(new Placed(statement, spot));
                missing = statement.tokens().size() - 1;
            }
            int lastLine = token.text().lastIndexOf('\n');
            column = lastLine < 0 ? column + token.text().length() : token.text().length() - lastLine;
        }
    }
}
