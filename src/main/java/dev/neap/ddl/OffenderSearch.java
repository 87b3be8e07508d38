package dev.neap.ddl;

import dev.neap.jdbc.Transactions;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.step.Offenders;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.StatementCallback;

/**
 * Looks for the rows that would keep a step from succeeding, for a bounded time, reading only. What it can't find out in
 * that time the step itself does.
 */
final class OffenderSearch {

    /** Before the step: on a big table it is a waste if there is nothing to be found. */
    static final Duration BEFORE = Duration.ofSeconds(10);

    /** After the step has failed: there is something to be found. */
    static final Duration AFTER = Duration.ofSeconds(60);

    private final Transactions transactions;
    private final CancelOnStop cancelOnStop;
    private final Duration lockTimeout;

    OffenderSearch(Transactions transactions, CancelOnStop cancelOnStop, Duration lockTimeout) {
        this.transactions = transactions;
        this.cancelOnStop = cancelOnStop;
        this.lockTimeout = lockTimeout;
    }

    /**
     * @return {@code Rows that break check c (2): (id)=(1) …; (id)=(7) …. Correct them, and run the change again; …};
     *     empty if none was found, be it for lack of time or of privileges
     */
    Optional<String> find(Statements statements, Duration limit) {
        return statements.offenders().flatMap(offenders -> {
            List<String> rows = rows(offenders, limit);
            return rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of("%s. %s, and %s.".formatted(
                            offenders.words(rows), offenders.remedy(), statements.next()));
        });
    }

    private List<String> rows(Offenders offenders, Duration limit) {
        Settings settings = Settings.none()
                .lockTimeout(lockTimeout)
                .statementTimeout(limit)
                .with("transaction_read_only", "on");
        try {
            return transactions.in(settings, jdbc -> read(offenders.sql()));
        } catch (DataAccessException e) {
            return List.of();
        }
    }

    private List<String> read(String sql) {
        List<String> rows = transactions.statements()
                .execute((StatementCallback<List<String>>) statement -> read(statement, sql));
        return rows == null ? List.of() : rows;
    }

    private List<String> read(Statement statement, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        if (cancelOnStop.execute(statement, sql)) {
            try (ResultSet found = statement.getResultSet()) {
                while (found.next()) {
                    rows.add(found.getString(1));
                }
            }
        }
        return rows;
    }
}
