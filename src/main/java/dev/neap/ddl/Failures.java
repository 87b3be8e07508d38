package dev.neap.ddl;

import dev.neap.jdbc.SqlState;
import dev.neap.sql.QualifiedName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.dao.DataAccessException;

/** What is said when a step can't be done: what, why, and the ways out. */
final class Failures {

    private Failures() {}

    /** @param rows the offenders that were found, with the remedy; sentences */
    static DdlFailed foreseen(QualifiedName name, Statements statements, String rows) {
        return new DdlFailed(
                "To %s on table %s would fail, and was not tried. %s".formatted(statements.title(), name, rows));
    }

    /** @param rows the offenders that were found, with the remedy; sentences */
    static DdlFailed refused(
            QualifiedName name,
            Statements statements,
            SQLException error,
            Optional<String> rows,
            DataAccessException cause) {
        return new DdlFailed(
                "PostgreSQL refused to %s on table %s: %s (SQLSTATE %s).%s"
                        .formatted(
                                statements.title(),
                                name,
                                SqlState.message(error),
                                error.getSQLState(),
                                rows.map(found -> " " + found).orElseGet(() -> Remedies.of(error))),
                cause);
    }

    static DdlFailed notGranted(
            QualifiedName name,
            Statements statements,
            int tries,
            Duration waited,
            String obstacle) {
        return new DdlFailed(
                ("To %s needs lock %s on table %s, which was not granted in %d tries over %s: %s. End the sessions that"
                        + " hold it, or choose a quieter hour, and run the change again.")
                        .formatted(
                                statements.title(),
                                statements.lock().sql(),
                                name,
                                tries,
                                Durations.words(waited),
                                obstacle));
    }

    static DdlFailed cutOff(QualifiedName name, Statements statements, DataAccessException cause) {
        return new DdlFailed(
                ("To %s on table %s was cut off while it held lock %s, and nothing was changed: it should have touched the"
                        + " catalog only, but seems to read or rewrite the table, which would keep everyone waiting."
                        + " If the server was only overloaded, run the change again; otherwise roll it back.")
                        .formatted(statements.title(), name, statements.lock().sql()),
                cause);
    }
}
