package dev.neap.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The oldest and the newest PostgreSQL that Neap works with. Each is started once a JVM, when it is first needed, on a
 * port that the system hands out, and stopped when the JVM ends. Tests of both are parameterised:
 * {@code @ParameterizedTest @EnumSource void …(TestServer server)}.
 */
public enum TestServer {
    /** PostgreSQL 14. */
    OLDEST(14),
    /** PostgreSQL 18. */
    NEWEST(18);

    private final int major;
    // One server for the whole JVM is what this enum is for; guarded by this.
    @SuppressWarnings("ImmutableEnumChecker")
    private @Nullable EmbeddedPostgres running;

    TestServer(int major) {
        this.major = major;
    }

    /** 14 or 18. */
    public int major() {
        return major;
    }

    /** The port on 127.0.0.1 that it listens on; starts it if need be. */
    public synchronized int port() {
        if (running == null) {
            try {
                Path data = Files.createTempDirectory("neap-postgres-" + major + "-");
                running = start(
                        builder(data, Map.of()).setCleanDataDirectory(true).setRegisterShutdownHook(true), data);
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL " + major + " did not start.", e);
            }
        }
        return running.getPort();
    }

    /** How a server of this version is started on a data directory. */
    EmbeddedPostgres.Builder builder(Path data, Map<String, String> settings) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                // The same order of texts on every machine.
                .setLocaleConfig("locale", "C")
                .setServerConfig("shared_buffers", "32MB")
                .setPGStartupWait(Duration.ofSeconds(60));
        settings.forEach(builder::setServerConfig);
        return this == OLDEST ? builder.setPgBinaryResolver(new Binaries(major)) : builder;
    }

    /** Starts it and makes sure that the server which answers is this one, not a stranger on the same port. */
    EmbeddedPostgres start(EmbeddedPostgres.Builder builder, Path data) throws IOException {
        EmbeddedPostgres server = builder.start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_setting('data_directory'), current_setting('server_version_num')::int / 10000")) {
            row.next();
            if (!Path.of(row.getString(1)).toRealPath().equals(data.toRealPath()) || row.getInt(2) != major) {
                throw new IllegalStateException("Port %d belongs to another server: version %s in %s, not %d in %s."
                        .formatted(server.getPort(), row.getString(2), row.getString(1), major, data));
            }
            return server;
        } catch (SQLException e) {
            throw new IOException("PostgreSQL " + major + " does not answer.", e);
        }
    }
}
