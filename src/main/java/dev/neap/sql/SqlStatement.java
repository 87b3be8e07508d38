package dev.neap.sql;

import dev.neap.sql.Token.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One statement of a script.
 *
 * @param text as it is sent: from its first token to its last, without the semicolon; not blank
 * @param line where it begins in the script; from 1
 * @param tokens what it says, without blanks and comments; at least one
 */
public record SqlStatement(String text, int line, List<Token> tokens) {

    private static final Set<String> STRUCTURE = Set.of(
            "CREATE", "ALTER", "DROP", "COMMENT", "GRANT", "REVOKE", "TRUNCATE", "REINDEX", "CLUSTER", "REFRESH",
            "SECURITY", "REASSIGN", "IMPORT", "LOCK", "REPACK");
    private static final Set<String> ROWS = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "COPY");
    private static final Set<String> QUERIES = Set.of("SELECT", "VALUES", "TABLE", "EXPLAIN", "SHOW", "FETCH");
    private static final Set<String> TRANSACTIONS = Set.of(
            "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE");
    private static final Set<String> SETTINGS = Set.of("SET", "RESET", "DISCARD");
    private static final Set<String> MAINTENANCE = Set.of("VACUUM", "ANALYZE", "ANALYSE", "CHECKPOINT");

    /** What kind of work a statement is, as far as its words tell. */
    public enum Sort {
        /** It changes structure (DDL), or locks it. */
        STRUCTURE,
        /** It changes rows (DML). */
        ROWS,
        /** It reads; what the functions do that it calls, nobody can tell. */
        QUERY,
        /** Code: DO or CALL, which may do anything. */
        CODE,
        /** It begins or ends a transaction. */
        TRANSACTION,
        SETTING,
        /** VACUUM, ANALYZE, CHECKPOINT. */
        MAINTENANCE,
        /** Anything else: LISTEN, PREPARE, a command of psql. */
        OTHER
    }

    public SqlStatement {
        tokens = List.copyOf(tokens);
    }

    public Sort sort() {
        String first = tokens.stream().filter(token -> !token.is("(")).findFirst().map(Token::word).orElse("");
        if (first.equals("WITH") || first.equals("EXPLAIN")) {
            return words().stream().anyMatch(ROWS::contains) ? Sort.ROWS : Sort.QUERY;
        }
        if (first.equals("SELECT")) {
            return isSelectInto() ? Sort.STRUCTURE : Sort.QUERY;
        }
        if (first.equals("PREPARE")) {
            return starts("PREPARE", "TRANSACTION") ? Sort.TRANSACTION : Sort.OTHER;
        }
        return first.equals("DO") || first.equals("CALL")
                ? Sort.CODE
                : STRUCTURE.contains(first)
                        ? Sort.STRUCTURE
                        : ROWS.contains(first)
                                ? Sort.ROWS
                                : QUERIES.contains(first)
                                        ? Sort.QUERY
                                        : TRANSACTIONS.contains(first)
                                                ? Sort.TRANSACTION
                                                : SETTINGS.contains(first)
                                                        ? Sort.SETTING
                                                        : MAINTENANCE.contains(first)
                                                                ? Sort.MAINTENANCE
                                                                : Sort.OTHER;
    }

    /** Whether these are its first words, in upper case. */
    public boolean starts(String... words) {
        if (tokens.size() < words.length) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether the word stands anywhere in it, outside of quotes. */
    public boolean has(String word) {
        return tokens.stream().anyMatch(token -> token.kind() == Kind.WORD && token.is(word));
    }

    /** Whether PostgreSQL refuses it in a transaction block (SQLSTATE 25001), as far as its words tell. */
    public boolean refusesTransactions() {
        return has("CONCURRENTLY") && !starts("REFRESH")
                || starts("VACUUM")
                || starts("CREATE", "DATABASE")
                || starts("DROP", "DATABASE")
                || starts("CREATE", "TABLESPACE")
                || starts("DROP", "TABLESPACE")
                || starts("ALTER", "SYSTEM")
                || starts("REINDEX", "DATABASE")
                || starts("REINDEX", "SCHEMA")
                || starts("REINDEX", "SYSTEM");
    }

    private boolean isSelectInto() {
        int depth = 0;
        for (Token token : tokens) {
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0 && token.is("INTO")) {
                return true;
            }
        }
        return false;
    }

    private Set<String> words() {
        return tokens.stream().map(Token::word).collect(Collectors.toSet());
    }
}
