package dev.neap.shadow;

import dev.neap.sql.Identifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import javax.sql.DataSource;

/** A server that the user named: a database is made there, and dropped at the end. */
final class ScratchServer implements ShadowServer {

    private final Function<Optional<String>, DataSource> server;
    private final Identifier database;

    private ScratchServer(Function<Optional<String>, DataSource> server, Identifier database) {
        this.server = server;
        this.database = database;
    }

    /**
     * @param server sessions there, in the database of a name, or in the one that was named with it
     * @param target the server that the schema is copied from, which must be another one
     * @throws ShadowFailed if it is of another version, or the target itself
     */
    static ScratchServer on(Function<Optional<String>, DataSource> server, int major, Optional<DataSource> target) {
        Identifier database = new Identifier("neap_shadow_%d_%s".formatted(
                ProcessHandle.current().pid(), HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt())));
        try (Connection connection = server.apply(Optional.empty()).getConnection();
                Statement statement = connection.createStatement()) {
            int actual = Integer.parseInt(one(statement, "SELECT current_setting('server_version_num')")) / 10_000;
            if (actual != major) {
                throw new ShadowFailed(
                        "The server of --shadow-url runs PostgreSQL %d, and %d is needed. Name one of that version."
                                .formatted(actual, major));
            }
            if (target.isPresent() && identity(target.get()).filter(identity(server.apply(Optional.empty()))
                    .orElse("")::equals).isPresent()) {
                throw new ShadowFailed("--shadow-url names the very server that the schema is read from."
                        + " Name one on which nobody works, or leave it out.");
            }
            statement.execute("CREATE DATABASE " + database + " TEMPLATE template0");
            return new ScratchServer(server, database);
        } catch (SQLException e) {
            throw new ShadowFailed("The server of --shadow-url can't be used: %s. Its user needs CREATEDB."
                    .formatted(e.getMessage()), e);
        }
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Its cluster's number; empty where that must not be read. */
    private static Optional<String> identity(DataSource source) {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            return Optional.of(one(statement, "SELECT system_identifier::text || ' ' || pg_postmaster_start_time()"
                    + " FROM pg_control_system()"));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    @Override
    public DataSource administrator() {
        return server.apply(Optional.of(database.value()));
    }

    @Override
    public DataSource judge() {
        return administrator();
    }

    @Override
    public boolean rolesMayBeMade() {
        return false;
    }

    @Override
    public void close() {
        try (Connection connection = server.apply(Optional.empty()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
        } catch (SQLException e) {
            throw new ShadowFailed("Database %s of the scratch server could not be dropped: %s. Drop it by hand."
                    .formatted(database, e.getMessage()), e);
        }
    }
}
