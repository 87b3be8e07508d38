package dev.neap.lint;

import dev.neap.sql.QualifiedName;
import dev.neap.sql.SqlStatement;
import dev.neap.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/** What statements other than ALTER TABLE do to tables, indexes and views that are in use. */
final class StatementChecks {

    private final Situation situation;
    private final Evidence evidence;
    private final Phrase words;
    private final List<Complaint> complaints = new ArrayList<>();

    private StatementChecks(Situation situation) {
        this.situation = situation;
        this.evidence = situation.evidence();
        this.words = situation.words();
    }

    static List<Complaint> of(Situation situation) {
        StatementChecks checks = new StatementChecks(situation);
        checks.check(situation.sql());
        return checks.complaints;
    }

    private void add(Rule rule, String fact) {
        complaints.add(Complaint.of(rule, fact));
    }

    private void check(SqlStatement sql) {
        String table = Tables.of(sql).orElse("");
        boolean fresh = !table.isEmpty() && situation.isFresh(table);
        if (sql.starts("CREATE") && words.says("INDEX") && !fresh) {
            createIndex(table);
        } else if (sql.starts("DROP", "INDEX")) {
            dropIndex();
        } else if (sql.starts("REINDEX")) {
            if (!sql.has("CONCURRENTLY") && evidence.or(!evidence.strong().isEmpty(), true)) {
                add(Rule.REINDEX,
                        "REINDEX takes SHARE on the table and ACCESS EXCLUSIVE on the index until it is built.");
            }
        } else if (sql.starts("CREATE", "TABLE")) {
            createPartition();
        } else if (sql.starts("DROP")) {
            drop(sql);
        } else if (sql.starts("TRUNCATE") && !fresh) {
            add(Rule.TRUNCATE, "Table %s is emptied under ACCESS EXCLUSIVE.".formatted(table));
            undocumented("The rows of table %s are gone.".formatted(table));
        } else if (sql.starts("CLUSTER")) {
            add(Rule.CLUSTER, "%s is written anew under ACCESS EXCLUSIVE.".formatted(
                    table.isEmpty() ? "Every clustered table" : "Table " + table));
        } else if (sql.starts("VACUUM") && sql.has("FULL")) {
            add(Rule.VACUUM_FULL, "VACUUM FULL writes tables anew under ACCESS EXCLUSIVE.");
        } else if (sql.starts("REFRESH") && !sql.has("CONCURRENTLY") && !fresh) {
            add(Rule.REFRESH_MATVIEW,
                    "Materialized view %s is filled anew under ACCESS EXCLUSIVE: nobody can read it.".formatted(table));
        } else if (sql.starts("LOCK") && !weakLock() && !fresh) {
            add(Rule.EXPLICIT_LOCK, "Table %s is locked until the transaction ends.".formatted(table));
        } else if (sql.starts("DO")) {
            add(Rule.DO_BLOCK, evidence.strong().isEmpty()
                    ? "What this DO block does can't be told from one look at it."
                    : "This DO block locks %s; with other data it may do something else."
                            .formatted(Evidence.words(evidence.strong())));
            byCode();
        } else if (sql.sort() == SqlStatement.Sort.CODE || sql.sort() == SqlStatement.Sort.QUERY) {
            byCode();
        } else if (sql.starts("ALTER") && sql.has("RENAME") && renames(sql)) {
            add(Rule.RENAME, "Whoever still says the old name gets an error from this moment on.");
        } else if (isStructure(sql)) {
            unexplained();
        }
    }

    private static boolean renames(SqlStatement sql) {
        return sql.starts("ALTER", "VIEW") || sql.starts("ALTER", "SCHEMA") || sql.starts("ALTER", "SEQUENCE");
    }

    private static boolean isStructure(SqlStatement sql) {
        return sql.sort() == SqlStatement.Sort.STRUCTURE && !sql.starts("ALTER", "TABLE")
                && !sql.starts("ALTER", "MATERIALIZED");
    }

    private boolean weakLock() {
        return (words.says("SHARE", "MODE") && words.says("ACCESS")) || words.says("ROW", "SHARE")
                || (words.says("ROW", "EXCLUSIVE") && !words.says("SHARE")) || words.says("UPDATE", "EXCLUSIVE");
    }

    private void createIndex(String table) {
        if (words.says("IF", "NOT", "EXISTS")) {
            add(Rule.IF_NOT_EXISTS_BLIND,
                    "An earlier CREATE INDEX CONCURRENTLY on table %s that failed has left an invalid index of this name, and"
                            .formatted(table) + " this statement would call that a success.");
        }
        if (!words.says("CONCURRENTLY") && !words.says("ON", "ONLY")
                && evidence.or(evidence.builds() || !evidence.strong().isEmpty(), true)) {
            add(Rule.BLOCKING_INDEX,
                    "The index on table %s is built under SHARE: nobody can write until it is done.".formatted(table));
        }
    }

    private void dropIndex() {
        if (!words.says("CONCURRENTLY") && evidence.or(!evidence.strong().isEmpty(), true)) {
            add(Rule.DROP_INDEX_BLOCKING, evidence.strong().isEmpty()
                    ? "DROP INDEX takes ACCESS EXCLUSIVE on the table."
                    : "DROP INDEX takes ACCESS EXCLUSIVE on %s.".formatted(Evidence.words(evidence.strong())));
        }
    }

    private void createPartition() {
        if (!words.says("PARTITION", "OF")) {
            return;
        }
        String parent = words.after("PARTITION", "OF").map(Phrase::name).orElse("");
        if (!evidence.scanned().isEmpty()) {
            add(Rule.ATTACH_WITH_DEFAULT_PARTITION,
                    "The DEFAULT partition of table %s is read from end to end under ACCESS EXCLUSIVE."
                            .formatted(parent));
        } else if (!situation.isFresh(parent)) {
            add(Rule.CREATE_PARTITION_OF, "A partition is made under ACCESS EXCLUSIVE on table %s.".formatted(parent));
        }
    }

    private void drop(SqlStatement sql) {
        boolean rows = sql.starts("DROP", "TABLE") || sql.starts("DROP", "SCHEMA");
        boolean relation = sql.starts("DROP", "TABLE") || sql.starts("DROP", "VIEW")
                || sql.starts("DROP", "MATERIALIZED");
        if (relation && words.says("IF", "EXISTS") && evidence.foundNothing()) {
            return;
        }
        boolean known = rows || sql.starts("DROP", "VIEW") || sql.starts("DROP", "MATERIALIZED");
        String what = new Phrase(sql.tokens()).from(sql.starts("DROP", "MATERIALIZED") ? 3 : 2)
                .without("IF", "EXISTS")
                .name();
        if (situation.isFresh(what)) {
            return;
        }
        if (known) {
            add(Rule.DROP_BEFORE_CODE_IS_OFF, "%s is dropped.".formatted(what));
        }
        if (sql.has("CASCADE")) {
            add(Rule.DROP_CASCADE, "Whatever depends on %s is dropped too.".formatted(what));
        }
        if (rows) {
            undocumented("The rows in %s are gone.".formatted(what));
            List<Trace> others = evidence.strong()
                    .stream()
                    .filter(trace -> !trace.name().name().value().equals(Phrase.bare(what)))
                    .toList();
            if (sql.starts("DROP", "TABLE") && others.stream()
                    .map(Evidence::root)
                    .map(QualifiedName::name)
                    .anyMatch(name -> !name.value().equals(Phrase.bare(what)))) {
                add(Rule.FK_DROP_LOCKS_BOTH, "It also takes ACCESS EXCLUSIVE on %s.".formatted(Evidence.words(others)));
            }
        }
    }

    private void undocumented(String fact) {
        if (!situation.documented()) {
            add(Rule.IRREVERSIBLE_UNDOCUMENTED, fact);
        }
    }

    /** What a block, a procedure or a function did on the shadow. */
    private void byCode() {
        if (evidence.rewritten().isEmpty() && evidence.builds()) {
            add(Rule.BLOCKING_INDEX, "An index is built under a lock on %s: nobody can write until it is done."
                    .formatted(Evidence.words(evidence.strong())));
        } else {
            unexplained();
        }
    }

    /** What PostgreSQL did and the words do not tell. */
    private void unexplained() {
        if (situation.sql().starts("REFRESH")) {
            return;
        }
        if (!evidence.rewritten().isEmpty()) {
            add(Rule.TABLE_REWRITE, "%s written anew under ACCESS EXCLUSIVE."
                    .formatted(AlterChecks.are(evidence.rewritten())));
        } else if (evidence.scansUnderStrongLock()) {
            add(Rule.SCAN_UNDER_LOCK, "%s read from end to end under a lock that stops writers."
                    .formatted(AlterChecks.are(evidence.scanned())));
        }
    }
}
