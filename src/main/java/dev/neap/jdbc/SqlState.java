package dev.neap.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;

/**
 * What an error of the database means for whoever has to go on (PostgreSQL manual, appendix A).
 */
public enum SqlState {
    /** Someone else was in the way: the same work may succeed in a new transaction. */
    CONTENTION,
    /** The server is gone, restarting, or not the primary any more: the same work may succeed once it is back. */
    OUTAGE,
    /** A value does not fit, or a trigger refuses the row: the same row will fail again. */
    DATA,
    /** Anything else: trying again would not help. */
    OTHER;

    /** lock_not_available, deadlock_detected, serialization_failure, query_canceled (a timeout). */
    private static final Set<String> CONTENDED = Set.of("55P03", "40P01", "40001", "57014");

    /**
     * admin_shutdown, crash_shutdown, cannot_connect_now, database_dropped's neighbours; too_many_connections;
     * read_only_sql_transaction, which a failover leaves behind on the old primary.
     */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "57P05", "53300", "25006");

    /**
     * Classes of errors that a row brings about: case_not_found, cardinality_violation (of a subquery), data_exception,
     * integrity_constraint_violation, triggered_data_change_violation, a function's own (2F, 38, 39), a view's check
     * option; P0, PL/pgSQL's own: RAISE, a STRICT query that finds none, ASSERT.
     */
    private static final Set<String> ABOUT_ROWS = Set.of("20", "21", "22", "23", "27", "2F", "38", "39", "44", "P0");

    /** program_limit_exceeded: an index entry too large for its page, first of all. */
    private static final String PROGRAM_LIMIT = "54000";

    /** All classes that PostgreSQL 18 gives a meaning. */
    private static final Set<String> SERVERS = Set.of(
            ("00 01 02 03 08 09 0A 0B 0F 0L 0P 0Z 10 20 21 22 23 24 25 26 27 28 2B 2D 2F 34 38 39 3B 3D 3F 40 42 44 53 54 55"
                    + " 57 58 72 F0 HV P0 XX").split(" "));

    /** The class of the first SQL error among the causes; OTHER if there is none. */
    public static SqlState of(Throwable error) {
        return find(error).map(SqlState::classify).orElse(OTHER);
    }

    /** The first SQL error among the causes. */
    public static Optional<SQLException> find(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    private static SqlState classify(SQLException error) {
        String code = error.getSQLState();
        if (code == null) {
            // HikariCP reports that it got no connection in time without a code of its own.
            return error instanceof java.sql.SQLTransientException ? OUTAGE : OTHER;
        }
        if (CONTENDED.contains(code)) {
            return CONTENTION;
        }
        if (AWAY.contains(code) || code.startsWith("08")) {
            return OUTAGE;
        }
        return isAboutARow(code) || isUsersOwn(error, code) ? DATA : OTHER;
    }

    private static boolean isAboutARow(String code) {
        return code.length() == 5 && (ABOUT_ROWS.contains(code.substring(0, 2)) || code.equals(PROGRAM_LIMIT));
    }

    /** The server passes on whatever code a function says: a class that it has no meaning for comes from there. */
    private static boolean isUsersOwn(SQLException error, String code) {
        return error instanceof PSQLException psql
                && psql.getServerErrorMessage() != null
                && code.length() == 5
                && !SERVERS.contains(code.substring(0, 2));
    }

    /** The server's own words, without the driver's prefix and position. */
    public static String message(SQLException error) {
        String message = error.getMessage() == null ? error.toString() : error.getMessage();
        int lineEnd = message.indexOf('\n');
        String first = lineEnd < 0 ? message : message.substring(0, lineEnd);
        return first.startsWith("ERROR: ") ? first.substring("ERROR: ".length()) : first;
    }
}
