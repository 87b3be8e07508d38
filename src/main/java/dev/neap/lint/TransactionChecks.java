package dev.neap.lint;

import dev.neap.sql.QualifiedName;
import dev.neap.sql.SqlStatement;
import dev.neap.sql.SqlStatement.Sort;
import dev.neap.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is dangerous about statements that stand together. Each is said once a file: the first statement that it is about
 * stands for the others.
 */
final class TransactionChecks {

    /** Others queue behind a statement that waits for its lock: what they bear is seconds. */
    private static final Duration LONG = Duration.ofSeconds(10);

    /** A concurrent build waits for every older transaction. */
    private static final Duration SHORT = Duration.ofMinutes(1);

    private final Set<Rule> said = EnumSet.noneOf(Rule.class);
    private boolean structure;
    private boolean rows;
    private int unguarded;

    List<Complaint> of(Situation situation) {
        List<Complaint> complaints = new ArrayList<>();
        locks(situation, complaints);
        concurrently(situation, complaints);
        mixture(situation, complaints);
        safety(situation, complaints);
        return complaints;
    }

    private void once(List<Complaint> complaints, Rule rule, String fact) {
        if (said.add(rule)) {
            complaints.add(Complaint.of(rule, fact));
        }
    }

    private void locks(Situation situation, List<Complaint> complaints) {
        List<Trace> strong = situation.evidence().strong();
        Situation.Before before = situation.before();
        String what = strong.isEmpty()
                ? Tables.of(situation.sql()).map(name -> "table " + name).orElse("its table")
                : Evidence.words(strong);
        if (takesStrongLock(situation)) {
            if (before.lockTimeout().isEmpty()) {
                once(complaints, Rule.NO_LOCK_TIMEOUT,
                        "It waits without end for its lock on %s, and everyone else queues behind it.".formatted(what));
            } else if (before.lockTimeout().get().compareTo(LONG) > 0) {
                once(complaints, Rule.LONG_LOCK_TIMEOUT,
                        "It may wait %d s for its lock on %s, and everyone else queues behind it."
                                .formatted(before.lockTimeout().get().toSeconds(), what));
            }
        }
        Set<QualifiedName> roots = strong.stream().map(Evidence::root).collect(Collectors.toSet());
        if (before.inTransaction() && !before.held().isEmpty() && !before.held().containsAll(roots)) {
            once(complaints, Rule.SEVERAL_STRONG_LOCKS,
                    "It locks %s while its transaction holds %s: whoever uses them in the other order waits, or deadlocks."
                            .formatted(what, names(before.held())));
        }
        Sort sort = situation.sql().sort();
        boolean reads = !situation.evidence().scanned().isEmpty() && (sort == Sort.QUERY || sort == Sort.STRUCTURE)
                && !situation.evidence().scansUnderStrongLock();
        if (before.inTransaction() && !before.held().isEmpty() && reads) {
            once(complaints, Rule.SCAN_UNDER_LOCK,
                    "%s read from end to end while the transaction holds a strong lock on %s."
                            .formatted(AlterChecks.are(situation.evidence().scanned()), names(before.held())));
        }
    }

    private static String names(Set<QualifiedName> names) {
        return names.stream().map(QualifiedName::sql).sorted().collect(Collectors.joining(", "));
    }

    private static boolean takesStrongLock(Situation situation) {
        SqlStatement sql = situation.sql();
        if (situation.evidence().isThere() && !sql.refusesTransactions()) {
            return !situation.evidence().strong().isEmpty();
        }
        boolean locks = (sql.starts("ALTER", "TABLE") && !sql.has("VALIDATE"))
                || (sql.starts("CREATE") && (situation.words().says("INDEX") || situation.words().says("TRIGGER")))
                || sql.starts("TRUNCATE") || sql.starts("CLUSTER") || sql.starts("REINDEX") || sql.starts("REFRESH")
                || sql.starts("DROP", "TABLE") || sql.starts("DROP", "INDEX") || sql.starts("DROP", "TRIGGER")
                || (sql.starts("VACUUM") && sql.has("FULL"));
        return locks && !sql.has("CONCURRENTLY") && Tables.of(sql).filter(situation::isFresh).isEmpty();
    }

    private void concurrently(Situation situation, List<Complaint> complaints) {
        SqlStatement sql = situation.sql();
        if (sql.refusesTransactions() && situation.before().inTransaction()) {
            complaints.add(Complaint.of(
                    Rule.CONCURRENTLY_IN_TRANSACTION,
                    "PostgreSQL refuses this statement in a transaction, and most tools run a file in one."));
        }
        boolean builds = (sql.starts("CREATE") || sql.starts("REINDEX") || sql.starts("DROP"))
                && sql.has("CONCURRENTLY");
        if (builds && situation.before().lockTimeout().filter(timeout -> timeout.compareTo(SHORT) < 0).isPresent()) {
            complaints.add(Complaint.of(
                    Rule.CONCURRENTLY_UNDER_LOCK_TIMEOUT,
                    "With a lock_timeout of %d ms it fails at the first older transaction, and leaves an invalid index."
                            .formatted(situation.before().lockTimeout().get().toMillis())));
        }
    }

    private void mixture(Situation situation, List<Complaint> complaints) {
        SqlStatement sql = situation.sql();
        if (Tables.of(sql).filter(situation::isFresh).isPresent()) {
            return;
        }
        boolean changesRows = sql.sort() == Sort.ROWS;
        boolean changesStructure = sql.sort() == Sort.STRUCTURE && takesStrongLock(situation);
        if ((changesRows && structure) || (changesStructure && rows)) {
            once(complaints, Rule.MIXED_DDL_DML,
                    "The file changes both rows and structure: where it is one transaction, locks on %s last as long as the"
                            .formatted(Tables.of(sql).map(name -> "table " + name).orElse("its tables"))
                            + " rows take; where it is not, it fails half-way.");
        }
        structure |= changesStructure;
        rows |= changesRows;
    }

    /** Outside of a transaction, what was done stays done when a later statement fails. */
    private void safety(Situation situation, List<Complaint> complaints) {
        SqlStatement sql = situation.sql();
        if (sql.sort() != Sort.STRUCTURE || situation.before().inTransaction() || isGuarded(sql)) {
            return;
        }
        unguarded++;
        if (unguarded > 1) {
            once(complaints, Rule.NO_TRANSACTION_SAFETY,
                    "If this statement fails, the one before it has happened, and the file can't be run from its beginning.");
        }
    }

    private static boolean isGuarded(SqlStatement sql) {
        return sql.has("EXISTS")
                || sql.starts("CREATE", "OR", "REPLACE")
                || sql.has("VALIDATE")
                || sql.starts("COMMENT")
                || sql.starts("GRANT")
                || sql.starts("REVOKE")
                || sql.starts("REINDEX")
                || sql.starts("REFRESH")
                || (sql.starts("ALTER", "TABLE") && sql.has("SET") && !sql.has("ADD") && !sql.has("RENAME"));
    }
}
