package dev.neap.lint;

import dev.neap.sql.SqlStatement;
import java.util.Optional;

/** The relation that a statement is about, as far as its words tell. */
final class Tables {

    private Tables() {}

    /** The one that it locks or changes; empty if it is about none, or in a form that is not known here. */
    static Optional<String> of(SqlStatement statement) {
        Phrase words = new Phrase(statement.tokens());
        if (words.starts("ALTER", "TABLE")) {
            return name(words.from(2).without("IF", "EXISTS", "ONLY"));
        }
        if (words.starts("CREATE") && words.says("INDEX")) {
            return words.after("ON").map(rest -> rest.without("ONLY")).flatMap(Tables::name);
        }
        if (words.starts("CREATE") && words.says("TRIGGER")) {
            return words.after("ON").flatMap(Tables::name);
        }
        if (words.starts("TRUNCATE") || words.starts("LOCK") || words.starts("CLUSTER")) {
            return name(words.from(1).without("VERBOSE", "TABLE", "ONLY"));
        }
        if (words.starts("DROP", "TABLE")) {
            return name(words.from(2).without("IF", "EXISTS"));
        }
        if (words.starts("REFRESH")) {
            return name(words.from(3).without("CONCURRENTLY"));
        }
        return rows(words);
    }

    private static Optional<String> rows(Phrase words) {
        if (words.says("DELETE", "FROM")) {
            return words.after("DELETE", "FROM").map(rest -> rest.without("ONLY")).flatMap(Tables::name);
        }
        if (words.says("INSERT", "INTO")) {
            return words.after("INSERT", "INTO").flatMap(Tables::name);
        }
        if (words.says("MERGE", "INTO")) {
            return words.after("MERGE", "INTO").map(rest -> rest.without("ONLY")).flatMap(Tables::name);
        }
        if (words.starts("UPDATE")) {
            return name(words.from(1).without("ONLY"));
        }
        return words.starts("WITH")
                ? within(words)
                : words.starts("COPY") ? name(words.from(1)) : Optional.empty();
    }

    /** An UPDATE behind the expressions of a WITH, or else the first of these that changes rows. */
    private static Optional<String> within(Phrase words) {
        Optional<String> found = Optional.empty();
        int depth = 0;
        for (int i = 1; i < words.tokens().size(); i++) {
            depth += words.isAt(i, "(") ? 1 : words.isAt(i, ")") ? -1 : 0;
            boolean closed = words.isAt(i - 1, ")");
            if (closed && depth == 0 && words.isAt(i, "UPDATE")) {
                return rows(words.from(i));
            }
            if (found.isEmpty() && words.isAt(i - 1, "(")) {
                found = rows(words.from(i));
            }
        }
        return found;
    }

    /** The relation that it makes. */
    static Optional<String> made(SqlStatement statement) {
        Phrase words = new Phrase(statement.tokens());
        if (!words.starts("CREATE")) {
            return Optional.empty();
        }
        for (String kind : new String[]{"TABLE", "VIEW", "SEQUENCE"}) {
            int at = words.indexOf(kind);
            if (at > 0 && at <= 4) {
                return name(words.from(at + 1).without("IF", "NOT", "EXISTS"));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> name(Phrase words) {
        return words.tokens().isEmpty() ? Optional.empty() : Optional.of(words.name());
    }
}
