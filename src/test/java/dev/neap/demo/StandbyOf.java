package dev.neap.demo;

import dev.neap.postgres.OwnServer;
import dev.neap.postgres.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** Makes streaming standbys of a test's own server. */
public final class StandbyOf {

    private StandbyOf() {}

    /**
     * @param primary of the newest version
     * @param data made by this
     * @param name in pg_stat_replication
     */
    public static OwnServer start(OwnServer primary, Path data, String name) {
        copy(primary.port(), primary.data(), data, name);
        return OwnServer.on(data, TestServer.NEWEST, Map.of());
    }

    /**
     * Makes a standby's data.
     *
     * @param port the primary's
     * @param primary its data
     * @param data made by this
     * @param name in pg_stat_replication
     */
    public static void copy(int port, Path primary, Path data, String name) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[]{"127.0.0.1"});
        source.setPortNumbers(new int[]{port});
        source.setDatabaseName("postgres");
        source.setUser("postgres");
        try (Connection connection = source.getConnection()) {
            BaseBackup.take(connection, primary, port, data, name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
