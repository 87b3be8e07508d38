package dev.neap.pace.signal;

import dev.neap.pace.Reading;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A signal that is read from the server that is worked on. Used by one thread; may remember earlier readings. */
interface ServerSignal {

    /** Asks for a right that lets the role see what concerns other roles (PostgreSQL manual, "Predefined Roles"). */
    String REMEDY = "(grant it pg_monitor)";

    /**
     * Reads it, in a read-only transaction that ends at once.
     *
     * @param now not before that of the reading before
     * @throws org.springframework.dao.DataAccessException if the server refuses
     */
    Reading read(JdbcClient server, Instant now);
}
