package dev.neap.lint;

import java.util.List;
import java.util.Set;

/**
 * One action of an ALTER TABLE.
 *
 * @param words all of it
 */
record Action(Kind kind, Phrase words) {

    /** The actions that lint tells apart. */
    enum Kind {
        ADD_COLUMN,
        ADD_CHECK,
        ADD_FOREIGN_KEY,
        ADD_NOT_NULL,
        ADD_UNIQUE,
        ADD_PRIMARY_KEY,
        ADD_EXCLUSION,
        SET_NOT_NULL,
        TYPE,
        DROP_COLUMN,
        DROP_CONSTRAINT,
        RENAME,
        SET_LOGGED,
        SET_TABLESPACE,
        ATTACH,
        DETACH,
        VALIDATE,
        OTHER
    }

    private static final Set<String> CONSTRAINTS = Set.of(
            "CONSTRAINT", "CHECK", "UNIQUE", "PRIMARY", "FOREIGN", "EXCLUDE", "NOT");

    /** @param actions what follows the table's name */
    static List<Action> of(Phrase actions) {
        return actions.parts().stream().map(words -> new Action(kind(words), words)).toList();
    }

    private static Kind kind(Phrase words) {
        if (words.starts("ADD")) {
            return CONSTRAINTS.stream().anyMatch(word -> words.isAt(1, word)) ? added(words) : Kind.ADD_COLUMN;
        }
        if (words.starts("ALTER")) {
            return words.says("SET", "NOT", "NULL")
                    ? Kind.SET_NOT_NULL
                    : typed(words.without("ALTER", "COLUMN").from(1)) ? Kind.TYPE : Kind.OTHER;
        }
        if (words.starts("DROP")) {
            return words.starts("DROP", "CONSTRAINT") ? Kind.DROP_CONSTRAINT : Kind.DROP_COLUMN;
        }
        if (words.starts("RENAME", "CONSTRAINT")) {
            return Kind.OTHER;
        }
        if (words.starts("RENAME") || words.starts("SET", "SCHEMA")) {
            return Kind.RENAME;
        }
        if (words.starts("SET", "LOGGED") || words.starts("SET", "UNLOGGED")) {
            return Kind.SET_LOGGED;
        }
        if (words.starts("SET", "TABLESPACE")) {
            return Kind.SET_TABLESPACE;
        }
        return words.starts("ATTACH")
                ? Kind.ATTACH
                : words.starts("DETACH") ? Kind.DETACH : words.starts("VALIDATE") ? Kind.VALIDATE : Kind.OTHER;
    }

    private static boolean typed(Phrase words) {
        return words.starts("TYPE") || words.starts("SET", "DATA", "TYPE");
    }

    private static Kind added(Phrase words) {
        Phrase definition = words.isAt(1, "CONSTRAINT") ? words.from(3) : words.from(1);
        if (definition.starts("CHECK")) {
            return Kind.ADD_CHECK;
        }
        if (definition.starts("FOREIGN")) {
            return Kind.ADD_FOREIGN_KEY;
        }
        if (definition.starts("UNIQUE")) {
            return Kind.ADD_UNIQUE;
        }
        if (definition.starts("PRIMARY")) {
            return Kind.ADD_PRIMARY_KEY;
        }
        return definition.starts("EXCLUDE")
                ? Kind.ADD_EXCLUSION
                : definition.starts("NOT", "NULL") ? Kind.ADD_NOT_NULL : Kind.OTHER;
    }
}
