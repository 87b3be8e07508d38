package dev.neap.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * What an error of the database means for whoever has to go on (PostgreSQL manual, appendix A).
 */
public enum SqlState {
    /** Someone else was in the way: the same work may succeed in a new transaction. */
    CONTENTION,
    /** The server is gone, restarting, or not the primary any more: the same work may succeed once it is back. */
    OUTAGE,
    /** A value does not fit: the same row will fail again. */
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
        // P0001: raised by a trigger of the user's, for this row.
        if (code.startsWith("22") || code.startsWith("23") || code.equals("P0001")) {
            return DATA;
        }
        return OTHER;
    }

    /** The server's own words, without the driver's prefix and position. */
    public static String message(SQLException error) {
        String message = error.getMessage() == null ? error.toString() : error.getMessage();
        int lineEnd = message.indexOf('\n');
        String first = lineEnd < 0 ? message : message.substring(0, lineEnd);
        return first.startsWith("ERROR: ") ? first.substring("ERROR: ".length()) : first;
    }
}
