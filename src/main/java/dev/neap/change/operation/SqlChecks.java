package dev.neap.change.operation;

import dev.neap.change.Problem;
import dev.neap.change.operation.RunSql.Transaction;
import dev.neap.sql.SqlScript;
import dev.neap.sql.SqlStatement;
import dev.neap.sql.SqlStatement.Sort;
import dev.neap.sql.Token;
import dev.neap.sql.Token.Kind;
import dev.neap.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What keeps raw statements from being run as one step. */
final class SqlChecks {

    private static final Set<String> ACCESS = Set.of("ROLE", "USER", "GROUP", "SERVER", "SUBSCRIPTION", "FOREIGN");

    private final Target target;
    private final Transaction transaction;
    private final List<Problem> problems = new ArrayList<>();

    private SqlChecks(Target target, Transaction transaction) {
        this.target = target;
        this.transaction = transaction;
    }

    /**
     * @param key of the list: {@code up}, {@code down}
     * @param texts its entries, each with one statement or several
     */
    static List<Problem> of(Target target, Transaction transaction, String key, List<String> texts) {
        SqlChecks checks = new SqlChecks(target, transaction);
        Set<Sort> sorts = java.util.EnumSet.noneOf(Sort.class);
        for (int i = 0; i < texts.size(); i++) {
            String at = key + "[" + i + "]";
            try {
                List<SqlStatement> statements = SqlScript.of(texts.get(i)).statements();
                if (statements.isEmpty()) {
                    checks.add(at, "It holds no statement.", "Write one, or leave the entry out.");
                }
                statements.forEach(statement -> {
                    sorts.add(statement.sort());
                    checks.check(at, statement);
                });
            } catch (IllegalArgumentException e) {
                checks.add(at, String.valueOf(e.getMessage()), "Close it.");
            }
        }
        if (sorts.contains(Sort.STRUCTURE) && sorts.contains(Sort.ROWS)) {
            checks.add(
                    key,
                    "It changes structure and rows in one step: while the rows are worked on, the locks keep others waiting.",
                    "Write two sql operations, or use backfill, delete, archive or copy for the rows.");
        }
        return checks.problems;
    }

    private void add(String key, String fact, String remedy) {
        problems.add(target.problem(key, fact, remedy));
    }

    private void check(String at, SqlStatement statement) {
        String first = statement.tokens().getFirst().text().toUpperCase(Locale.ROOT);
        switch (statement.sort()) {
            case TRANSACTION -> add(
                    at,
                    "%s begins or ends a transaction, which is this step's to do.".formatted(first),
                    "Leave it out.");
            case SETTING -> {
                if (!statement.starts("SET", "LOCAL")) {
                    add(at, "%s outlives the step, in a connection that others use after it.".formatted(first),
                            "Write SET LOCAL.");
                } else if (transaction == Transaction.NONE) {
                    add(at, "SET LOCAL does nothing outside of a transaction.", "Leave it out.");
                }
            }
            case OTHER -> add(at, "%s is nothing that a change of structure needs.".formatted(first), "Leave it out.");
            case STRUCTURE, ROWS, QUERY, CODE, MAINTENANCE -> checkTransaction(at, statement, first);
        }
        if (holdsSecret(statement)) {
            add(at, "It holds a password, and a change file is kept in the database and shown by plans.",
                    "Set it by hand, where nobody keeps a record of it.");
        }
    }

    private void checkTransaction(String at, SqlStatement statement, String first) {
        boolean alone = statement.refusesTransactions();
        switch (transaction) {
            case ONE -> {
                if (alone) {
                    add(at, "PostgreSQL refuses this %s in a transaction (SQLSTATE 25001).".formatted(first),
                            "Write it in an sql operation of its own, with transaction: none.");
                }
            }
            case NONE -> {
                if (!alone && statement.sort() != Sort.MAINTENANCE) {
                    add(at, "This %s needs no transaction: none, and would wait long for its lock there."
                            .formatted(first),
                            "Write it in an sql operation of its own, without that key.");
                }
            }
        }
    }

    private static boolean holdsSecret(SqlStatement statement) {
        Set<String> words = statement.tokens().stream().map(Token::word).collect(Collectors.toSet());
        return statement.sort() == Sort.STRUCTURE
                && words.stream().anyMatch(ACCESS::contains)
                && (words.contains("PASSWORD")
                        || statement.tokens()
                                .stream()
                                .anyMatch(token -> token.kind() == Kind.STRING
                                        && token.text().toLowerCase(Locale.ROOT).contains("password")));
    }

    /** Problems of a condition. */
    static List<Problem> ofCondition(Target target, String key, String sql) {
        boolean whole = Tokens.of(sql).stream().allMatch(Token::finished)
                && Tokens.of(sql).stream().noneMatch(token -> token.is(";") || token.text().startsWith("--"));
        return whole
                ? List.of()
                : List.of(target.problem(
                        key, "It is not one SQL expression.", "Write one that is true or false, without a semicolon."));
    }
}
