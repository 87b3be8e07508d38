package dev.neap.shadow;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Sessions on a server of our own, which listens on a loopback port and trusts everyone. */
final class Sessions {

    static final String SUPERUSER = "postgres";
    static final String JUDGE = "neap_judge";
    static final String DATABASE = "shadow";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Sessions() {}

    static DataSource at(int port, String database, String user) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[]{"127.0.0.1"});
        source.setPortNumbers(new int[]{port});
        source.setDatabaseName(database);
        source.setUser(user);
        source.setApplicationName("neap shadow");
        return source;
    }

    /**
     * Makes the database and the role that judges, once the server is up.
     *
     * @param data where it must keep its data: on a port that was taken in between, a stranger would answer
     * @throws ShadowFailed if it is not up within a minute, or is another one
     */
    static void prepare(int port, Path data, int major) {
        try (Connection connection = await(port); Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(
                    "SELECT current_setting('data_directory'), current_setting('server_version_num')::int / 10000")) {
                row.next();
                if (!Path.of(row.getString(1)).toRealPath().equals(data.toRealPath())) {
                    throw new ShadowFailed("Port %d is served by another PostgreSQL, from %s. Start it again."
                            .formatted(port, row.getString(1)));
                }
                if (row.getInt(2) != major) {
                    throw new ShadowFailed("The shadow runs PostgreSQL %d, and %d is needed."
                            .formatted(row.getInt(2), major));
                }
            }
            statement.execute("CREATE ROLE " + JUDGE + " LOGIN");
            statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + JUDGE);
        } catch (SQLException | java.io.IOException e) {
            throw new ShadowFailed("The shadow's server can't be used: %s.".formatted(e.getMessage()), e);
        }
    }

    private static Connection await(int port) throws SQLException {
        long began = System.nanoTime();
        while (true) {
            try {
                return at(port, "postgres", SUPERUSER).getConnection();
            } catch (SQLException e) {
                if (System.nanoTime() - began > PATIENCE.toNanos()) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }
}
