package dev.neap.shadow;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/** The PostgreSQL that Neap brings along. */
final class EmbeddedServer implements ShadowServer {

    /** The major version of the binaries on the class path. */
    static final int MAJOR = 18;

    /** No value may contain a space: they go through pg_ctl's command line. */
    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "shared_buffers", "32MB",
            "autovacuum", "off");

    private final ScratchDirectory directory;
    private final EmbeddedPostgres server;

    private EmbeddedServer(ScratchDirectory directory, EmbeddedPostgres server) {
        this.directory = directory;
        this.server = server;
    }

    /** @throws ShadowFailed if it does not start */
    static EmbeddedServer start() {
        ScratchDirectory directory = ScratchDirectory.make();
        Path data = directory.path().resolve("data");
        Redirect log = Redirect.appendTo(directory.path().resolve("log").toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setRegisterShutdownHook(false)
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("encoding", "UTF8")
                .setPGStartupWait(Duration.ofSeconds(60))
                .setOutputRedirector(log)
                .setErrorRedirector(log);
        SETTINGS.forEach(builder::setServerConfig);
        try {
            EmbeddedPostgres server = builder.start();
            directory.beforeDeletion(server);
            Sessions.prepare(server.getPort(), data, MAJOR);
            return new EmbeddedServer(directory, server);
        } catch (IOException | RuntimeException | LinkageError e) {
            directory.close();
            if (e instanceof ShadowFailed failed) {
                throw failed;
            }
            throw new ShadowFailed(
                    "Neap's own PostgreSQL did not start: %s. Name a scratch server with --shadow-url."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    @Override
    public DataSource administrator() {
        return Sessions.at(server.getPort(), Sessions.DATABASE, Sessions.SUPERUSER);
    }

    @Override
    public DataSource judge() {
        return Sessions.at(server.getPort(), Sessions.DATABASE, Sessions.JUDGE);
    }

    @Override
    public boolean rolesMayBeMade() {
        return true;
    }

    @Override
    public void close() {
        directory.close();
    }
}
