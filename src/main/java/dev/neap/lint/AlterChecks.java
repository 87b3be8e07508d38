package dev.neap.lint;

import dev.neap.sql.SqlStatement;
import dev.neap.trace.Trace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the actions of an ALTER TABLE do to a table that is in use. Where PostgreSQL was asked, its answer decides, and the
 * words only tell which action it is about.
 */
final class AlterChecks {

    private static final Set<Rule> REWRITES = EnumSet.of(
            Rule.IDENTITY_COLUMN, Rule.GENERATED_STORED, Rule.VOLATILE_DEFAULT, Rule.REWRITING_TYPE_CHANGE,
            Rule.SET_UNLOGGED, Rule.TABLESPACE);

    private final String table;
    private final Evidence evidence;
    private final boolean documented;
    private final List<Complaint> complaints = new ArrayList<>();

    private AlterChecks(String table, Situation situation) {
        this.table = table;
        this.evidence = situation.evidence();
        this.documented = situation.documented();
    }

    static List<Complaint> of(Situation situation) {
        SqlStatement sql = situation.sql();
        if (!sql.starts("ALTER", "TABLE") && !sql.starts("ALTER", "MATERIALIZED", "VIEW")) {
            return List.of();
        }
        Phrase rest = situation.words().from(sql.starts("ALTER", "TABLE") ? 2 : 3).without("IF", "EXISTS", "ONLY");
        boolean nothing = situation.words().says("IF", "EXISTS") && situation.evidence().foundNothing();
        if (rest.tokens().isEmpty() || situation.isFresh(rest.name()) || nothing) {
            return List.of();
        }
        AlterChecks checks = new AlterChecks(rest.name(), situation);
        List<Action> actions = Action.of(rest.afterName().without("*"));
        actions.forEach(checks::check);
        checks.unexplained(actions);
        return checks.complaints;
    }

    private void add(Rule rule, String fact) {
        complaints.add(Complaint.of(rule, fact));
    }

    private boolean rewrites() {
        return !evidence.rewritten().isEmpty();
    }

    private void check(Action action) {
        switch (action.kind()) {
            case ADD_COLUMN -> addColumn(action.words());
            case ADD_CHECK, ADD_FOREIGN_KEY, ADD_NOT_NULL -> addConstraint(action);
            case ADD_UNIQUE, ADD_PRIMARY_KEY, ADD_EXCLUSION -> addKey(action);
            case SET_NOT_NULL -> {
                if (evidence.scansUnderStrongLock()) {
                    add(Rule.SET_NOT_NULL_WITHOUT_CHECK,
                            "SET NOT NULL on table %s reads all of it under ACCESS EXCLUSIVE, since no valid CHECK says that"
                                    .formatted(table) + " the column is not NULL.");
                }
            }
            case TYPE -> changeType(action.words());
            case DROP_COLUMN -> dropColumn(action.words());
            case DROP_CONSTRAINT -> {
                List<Trace> locked = evidence.strong();
                if (locked.stream().map(Evidence::root).distinct().count() > 1) {
                    add(Rule.FK_DROP_LOCKS_BOTH, "Dropping the constraint takes ACCESS EXCLUSIVE on %s."
                            .formatted(Evidence.words(locked)));
                }
            }
            case RENAME -> add(Rule.RENAME,
                    "%s on table %s: whoever still says the old name gets an error from this moment on."
                            .formatted(action.words().starts("RENAME") ? "RENAME" : "SET SCHEMA", table));
            case SET_LOGGED -> {
                if (evidence.or(rewrites(), true)) {
                    add(Rule.SET_UNLOGGED, "Table %s is written anew under ACCESS EXCLUSIVE.".formatted(table));
                }
            }
            case SET_TABLESPACE -> add(Rule.TABLESPACE, "Table %s is copied under ACCESS EXCLUSIVE.".formatted(table));
            case ATTACH -> attach(action.words());
            case DETACH -> {
                if (!action.words().says("CONCURRENTLY") && !action.words().says("FINALIZE")) {
                    add(Rule.DETACH_PARTITION,
                            "DETACH PARTITION takes ACCESS EXCLUSIVE on table %s and on the partition."
                                    .formatted(table));
                }
            }
            case VALIDATE, OTHER -> {
            }
        }
    }

    private void addColumn(Phrase words) {
        Phrase column = words.without("ADD", "COLUMN", "IF", "NOT", "EXISTS");
        String name = column.name();
        Phrase type = column.afterName();
        boolean serial = type.tokens()
                .stream()
                .limit(1)
                .anyMatch(
                        token -> token.word().matches("(SMALL|BIG)?SERIAL|SERIAL[248]"));
        boolean identity = serial || type.says("AS", "IDENTITY");
        boolean generated = type.says("GENERATED") && !identity;
        String added = "Column %s is added to table %s ".formatted(name, table);
        if (identity && evidence.or(rewrites(), true)) {
            add(Rule.IDENTITY_COLUMN,
                    added + "with a number for each row, which writes the table anew under ACCESS EXCLUSIVE.");
        } else if (generated && evidence.or(rewrites(), type.says("STORED"))) {
            add(Rule.GENERATED_STORED,
                    added + "with a computed value in each row, which writes the table anew under ACCESS"
                            + " EXCLUSIVE.");
        } else if (rewrites() && type.after("DEFAULT").filter(sql -> !sql.isLiteral()).isPresent()) {
            add(Rule.VOLATILE_DEFAULT,
                    added + "with a default that differs from row to row, which writes the table anew under"
                            + " ACCESS EXCLUSIVE.");
        }
        if (type.says("CHECK") && evidence.or(evidence.scansUnderStrongLock(), true)) {
            add(Rule.ADD_COLUMN_CHECK, added + "with a CHECK, which reads every row under ACCESS EXCLUSIVE.");
        }
        if ((type.says("UNIQUE") || type.says("PRIMARY", "KEY")) && evidence.or(evidence.builds(), true)) {
            add(Rule.ADD_COLUMN_UNIQUE, added + "with an index, which is built under ACCESS EXCLUSIVE.");
        }
        if (type.says("REFERENCES") && evidence.or(evidence.scansUnderStrongLock(), type.says("DEFAULT"))) {
            add(Rule.ADD_COLUMN_REFERENCES,
                    added + "with a default and a foreign key, which reads both tables under strong"
                            + " locks.");
        }
        if (type.says("NOT", "NULL") && !type.says("DEFAULT") && !identity && !generated) {
            add(Rule.NOT_NULL_WITHOUT_DEFAULT, added + "NOT NULL and without a default: any row makes that fail.");
        }
    }

    private void addConstraint(Action action) {
        boolean deferred = action.words().says("NOT", "VALID");
        if (evidence.or(evidence.scansUnderStrongLock(), !deferred && action.kind() != Action.Kind.ADD_NOT_NULL)) {
            boolean key = action.kind() == Action.Kind.ADD_FOREIGN_KEY;
            add(Rule.CONSTRAINT_WITHOUT_NOT_VALID,
                    "%s is checked against every row of table %s under %s.".formatted(
                            key ? "A foreign key" : "A constraint",
                            table,
                            key ? "SHARE ROW EXCLUSIVE on both tables" : "ACCESS EXCLUSIVE"));
        }
    }

    private void addKey(Action action) {
        if (action.kind() == Action.Kind.ADD_EXCLUSION) {
            add(Rule.EXCLUSION_CONSTRAINT,
                    "An index is built on table %s, and its rows are checked, under ACCESS EXCLUSIVE."
                            .formatted(table));
            return;
        }
        boolean primary = action.kind() == Action.Kind.ADD_PRIMARY_KEY;
        boolean ready = action.words().says("USING", "INDEX");
        if (!ready) {
            add(primary ? Rule.PRIMARY_KEY_BUILDS_INDEX : Rule.UNIQUE_BUILDS_INDEX,
                    "An index is built on table %s under ACCESS EXCLUSIVE.".formatted(table));
        } else if (primary && evidence.scansUnderStrongLock()) {
            add(Rule.PK_USING_INDEX_NULLABLE,
                    "A column of the key of table %s may be NULL so far, so that all rows are read under ACCESS EXCLUSIVE."
                            .formatted(table));
        }
    }

    private void changeType(Phrase words) {
        String column = "Column %s of table %s changes its type, ".formatted(
                words.without("ALTER", "COLUMN").name(), table);
        if (rewrites()) {
            add(Rule.REWRITING_TYPE_CHANGE, column + "which writes the table anew under ACCESS EXCLUSIVE.");
        } else if (evidence.builds()) {
            add(Rule.TYPE_CHANGE_REBUILDS_INDEX, column + "which builds an index anew under ACCESS EXCLUSIVE.");
        } else if (evidence.scansUnderStrongLock()) {
            add(Rule.TYPE_CHANGE_RECHECKS, column + "which checks a constraint on every row under ACCESS EXCLUSIVE.");
        }
    }

    private void dropColumn(Phrase words) {
        String name = words.without("DROP", "COLUMN", "IF", "EXISTS").name();
        add(Rule.DROP_BEFORE_CODE_IS_OFF, "Column %s of table %s is dropped.".formatted(name, table));
        if (words.says("CASCADE")) {
            add(Rule.DROP_CASCADE, "Whatever depends on column %s of table %s is dropped too.".formatted(name, table));
        }
        if (!documented) {
            add(Rule.IRREVERSIBLE_UNDOCUMENTED, "The values of column %s of table %s are gone.".formatted(name, table));
        }
    }

    private void attach(Phrase words) {
        String child = words.after("PARTITION").map(Phrase::name).orElse("");
        boolean itself = false;
        boolean another = false;
        for (Trace trace : evidence.scanned()) {
            boolean own = trace.name().name().value().equals(Phrase.bare(child));
            itself |= own;
            another |= !own;
        }
        if (itself) {
            add(Rule.ATTACH_WITHOUT_CHECK,
                    "Table %s is read from end to end under ACCESS EXCLUSIVE, to see that its rows fit."
                            .formatted(child));
        }
        if (another) {
            add(Rule.ATTACH_WITH_DEFAULT_PARTITION,
                    "The DEFAULT partition of table %s is read from end to end under ACCESS EXCLUSIVE."
                            .formatted(table));
        }
    }

    /** What PostgreSQL did and no action's words explain. */
    private void unexplained(List<Action> actions) {
        boolean columns = actions.stream().anyMatch(action -> action.kind() == Action.Kind.ADD_COLUMN);
        if (rewrites() && complaints.stream().noneMatch(complaint -> REWRITES.contains(complaint.rule()))) {
            add(columns ? Rule.CONSTRAINED_DOMAIN : Rule.TABLE_REWRITE,
                    "%s written anew under ACCESS EXCLUSIVE.".formatted(are(evidence.rewritten())));
        } else if (evidence.scansUnderStrongLock() && complaints.stream()
                .noneMatch(
                        complaint -> complaint.rule() != Rule.DROP_BEFORE_CODE_IS_OFF)) {
            add(Rule.SCAN_UNDER_LOCK, "%s read from end to end under a lock that stops writers."
                    .formatted(are(evidence.scanned())));
        }
    }

    static String are(List<Trace> traces) {
        String words = Evidence.words(traces);
        String begin = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return begin + (traces.size() == 1 ? " is" : " are");
    }
}
