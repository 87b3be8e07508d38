package dev.neap.shadow;

import javax.sql.DataSource;

/** A server on which nobody works, with one empty database for this shadow; gone, or as it was, once it is closed. */
interface ShadowServer extends AutoCloseable {

    /** What is done for the schema and the server: extensions, roles. A new session each time. */
    DataSource administrator();

    /**
     * Who runs the statements. On a server of our own a role without rights outside of its database: a migration that
     * nobody has read yet must not reach the machine (COPY … FROM PROGRAM).
     */
    DataSource judge();

    /** Whether roles may be made there as they are needed. */
    boolean rolesMayBeMade();

    @Override
    void close();
}
