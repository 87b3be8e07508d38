package dev.neap.bench;

import dev.neap.demo.StandbyOf;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A PostgreSQL of the benchmark's own, on a loopback port that the system chose, set as in production: what is committed is
 * on disk. Its data goes with {@link #close()}, or with the program.
 */
final class BenchServer implements AutoCloseable {

    /** What differs from a server as it is installed, or must not be changed by those who embed it. */
    private static final Map<String, String> SETTINGS = settings();

    private final Path directory;
    private final String sharedBuffers;
    private final EmbeddedPostgres server;
    private final Thread atExit = new Thread(this::release, "bench-server-end");

    private BenchServer(Path directory, String sharedBuffers, EmbeddedPostgres server) {
        this.directory = directory;
        this.sharedBuffers = sharedBuffers;
        this.server = server;
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("fsync", "on");
        settings.put("full_page_writes", "on");
        settings.put("synchronous_commit", "on");
        settings.put("wal_level", "replica");
        settings.put("max_wal_size", "4GB");
        // As many WAL files are kept as are used, so that nobody pays for making new ones.
        settings.put("min_wal_size", "4GB");
        settings.put("checkpoint_timeout", "5min");
        settings.put("autovacuum", "on");
        settings.put("max_connections", "50");
        return settings;
    }

    /** Starts one that fits a table. */
    interface Starter {

        /** @param rows that the table will have */
        BenchServer start(BenchTable table, long rows);
    }

    /** @param parent an existing directory; each server's data goes into one of its own in it */
    static Starter in(Path parent) {
        return (table, rows) -> {
            try {
                long free = Files.getFileStore(parent).getUsableSpace();
                if (free < table.room(rows)) {
                    throw new IllegalStateException(
                            "%s has %s free, and table (%s) with %,d rows may need %s. Set bench.dir, or bench.rows."
                                    .formatted(parent, MarkdownReport.size(free), table.letter(), rows,
                                            MarkdownReport.size(table.room(rows))));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return start(parent, table.sharedBuffers());
        };
    }

    private static BenchServer start(Path parent, String sharedBuffers) {
        try {
            return on(directory(parent), sharedBuffers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory(Path parent) throws IOException {
        return Files.createTempDirectory(parent, "neap-bench-").toRealPath();
    }

    /**
     * A streaming standby, set as this server is; its data are its own. It must be closed before this one.
     *
     * @param name in pg_stat_replication
     */
    BenchServer standby(String name) {
        try {
            Path own = directory(directory.resolve(".."));
            StandbyOf.copy(server.getPort(), directory.resolve("data"), own.resolve("data"), name);
            return on(own, sharedBuffers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On the data that are there, or on new ones. */
    private static BenchServer on(Path directory, String sharedBuffers) {
        try {
            ProcessBuilder.Redirect log = ProcessBuilder.Redirect
                    .appendTo(directory.resolve("server.log").toFile());
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(directory.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setLocaleConfig("locale", "C")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("timezone", "UTC")
                    .setServerConfig("shared_buffers", sharedBuffers)
                    // Nobody logs statements by default; the replay of Neap's own asks for its database only.
                    .setServerConfig("logging_collector", "on")
                    .setServerConfig("log_destination", "jsonlog")
                    .setServerConfig("log_rotation_size", "0");
            SETTINGS.forEach(builder::setServerConfig);
            BenchServer server = new BenchServer(directory, sharedBuffers, builder.start());
            Runtime.getRuntime().addShutdownHook(server.atExit);
            server.check();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("The benchmark's PostgreSQL did not start.", e);
        }
    }

    /** Embedded servers are started with -F; this makes sure that it does not count. And that the port is ours. */
    private void check() {
        Map<String, String> running = effectiveSettings();
        SETTINGS.forEach((name, value) -> {
            if (!value.equals(running.get(name))) {
                throw new IllegalStateException("The server runs with %s = %s, and the benchmark needs %s."
                        .formatted(name, running.get(name), value));
            }
        });
        String data = JdbcClient.create(databases().administration())
                .sql("SELECT current_setting('data_directory')")
                .query(String.class)
                .single();
        if (!Path.of(data).equals(directory.resolve("data"))) {
            throw new IllegalStateException("Port %d belongs to another server, in %s. Start the benchmark again."
                    .formatted(server.getPort(), data));
        }
    }

    Databases databases() {
        return new Databases(server.getPort());
    }

    /** Where the server writes its log files, as JSON. */
    Path logs() {
        return directory.resolve("data").resolve("log");
    }

    /** What a reader needs to judge the figures, as the server tells it. */
    Map<String, String> effectiveSettings() {
        JdbcClient client = JdbcClient.create(databases().administration());
        Map<String, String> effective = new LinkedHashMap<>();
        List<String> others = List.of("random_page_cost", "effective_cache_size", "wal_compression");
        Stream.concat(SETTINGS.keySet().stream(), others.stream())
                .forEach(name -> effective.put(
                        name, client.sql("SELECT current_setting(?)").param(name).query(String.class).single()));
        return effective;
    }

    @Override
    public void close() {
        release();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private synchronized void release() {
        try {
            server.close();
            delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("The data in " + directory + " could not be deleted. Delete it by hand.", e);
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> tree = Files.walk(root)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
