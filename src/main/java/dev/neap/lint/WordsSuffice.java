package dev.neap.lint;

import dev.neap.sql.SqlStatement;
import dev.neap.sql.Token;
import java.util.List;
import java.util.Set;

/** Whether the words of a statement tell already that it locks nothing that others use, or what it locks. */
final class WordsSuffice {

    private static final Set<String> VERBS = Set.of("CREATE", "ALTER", "DROP");

    private static final Set<String> BEFORE_KIND = Set.of(
            "OR", "REPLACE", "TEMP", "TEMPORARY", "LOCAL", "GLOBAL", "UNLOGGED", "RECURSIVE");

    /** Kinds of objects that have no rows, and of which no change reads or writes the rows of a table. */
    private static final Set<String> WITHOUT_ROWS = Set.of(
            "FUNCTION", "PROCEDURE", "VIEW", "ROLE", "USER", "SEQUENCE", "DATABASE", "TABLESPACE", "AGGREGATE",
            "COLLATION", "OPERATOR", "CAST", "PUBLICATION", "SUBSCRIPTION");

    private WordsSuffice() {}

    /** False for code, and for DDL that only PostgreSQL can tell something about. */
    static boolean of(Situation situation) {
        SqlStatement sql = situation.sql();
        return switch (sql.sort()) {
            case CODE -> false;
            case ROWS, QUERY, TRANSACTION, SETTING, MAINTENANCE, OTHER -> true;
            case STRUCTURE -> isHarmless(sql) || Tables.of(sql).filter(situation::isFresh).isPresent();
        };
    }

    private static boolean isHarmless(SqlStatement sql) {
        return sql.has("CONCURRENTLY")
                || sql.starts("COMMENT")
                || sql.starts("GRANT")
                || sql.starts("REVOKE")
                || sql.starts("REFRESH")
                || sql.starts("IMPORT", "FOREIGN", "SCHEMA")
                || onlyValidates(sql)
                || isOfHarmlessKind(sql);
    }

    private static boolean isOfHarmlessKind(SqlStatement sql) {
        return switch (kind(sql)) {
            case "TABLE" -> sql.starts("CREATE", "TABLE") && namesNoOtherTable(sql);
            case "SCHEMA" -> namesNoOtherTable(sql);
            case "MATERIALIZED" -> !sql.starts("ALTER");
            case "DOMAIN", "EXTENSION" -> sql.starts("CREATE");
            case "TYPE" -> !changesAttributes(sql);
            default -> WITHOUT_ROWS.contains(kind(sql));
        };
    }

    /** What it creates, alters or drops, by its first word: a name further on may be any of these words too. */
    private static String kind(SqlStatement sql) {
        List<String> words = sql.tokens().stream().map(Token::word).toList();
        return VERBS.contains(words.getFirst())
                ? words.stream().skip(1).dropWhile(BEFORE_KIND::contains).findFirst().orElse("")
                : "";
    }

    /** No key that points to one, and no partition of one. */
    private static boolean namesNoOtherTable(SqlStatement sql) {
        return !sql.has("REFERENCES") && !sql.has("PARTITION");
    }

    /** Tables of a composite type, and columns of it, change with it. */
    private static boolean changesAttributes(SqlStatement sql) {
        return sql.starts("ALTER") && new Phrase(sql.tokens()).from(2).afterName().isAt(1, "ATTRIBUTE");
    }

    /** Beside another action it reads all rows under the lock of that one. */
    private static boolean onlyValidates(SqlStatement sql) {
        if (!sql.starts("ALTER", "TABLE")) {
            return false;
        }
        Phrase table = new Phrase(sql.tokens()).from(2).without("IF", "EXISTS", "ONLY");
        List<Action> actions = Action.of(table.afterName().without("*"));
        return actions.size() == 1 && actions.getFirst().words().starts("VALIDATE", "CONSTRAINT");
    }
}
