package dev.neap.pace.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Opens a connection of a signal's own. */
@FunctionalInterface
public interface Connector {

    /**
     * @param patience how long a single answer may take until the connection is given up: the socket's timeout
     */
    Connection open(Duration patience) throws SQLException;
}
