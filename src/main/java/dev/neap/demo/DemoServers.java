package dev.neap.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A primary and a streaming standby of their own, in a fresh directory, on loopback ports that the system chose.
 *
 * <p>They end, and their directory goes, with {@link #close()} or with the program, whichever is first: also while they
 * are only being started. fsync is off, as embedded servers have it: the demo shows order and pace, not the speed of a
 * disk.
 */
public final class DemoServers implements AutoCloseable {

    /** The standby's name in pg_stat_replication. */
    public static final String STANDBY = "standby-1";

    private static final Logger LOG = LoggerFactory.getLogger(DemoServers.class);

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final String PRIMARY_DATA = "primary";
    private static final String STANDBY_DATA = "standby";

    /**
     * What differs from a server as it is installed, and synchronous_commit, which embedded servers turn off. No value
     * may contain a space: they go through pg_ctl's command line.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "127.0.0.1",
            "synchronous_commit", "on",
            "unix_socket_directories", "",
            "shared_buffers", "256MB",
            "wal_level", "replica",
            "max_wal_senders", "4",
            "max_wal_size", "2GB",
            "wal_keep_size", "512MB",
            "checkpoint_timeout", "10min");

    private final Path directory;
    private final Thread hook = new Thread(this::release, "demo-servers-end");
    private final List<EmbeddedPostgres> running = new ArrayList<>();
    private volatile Runnable farewell = () -> {};
    private boolean closed;

    private DemoServers(Path directory) {
        this.directory = directory;
    }

    /**
     * @param bytesNeeded the free space without which nothing is started
     * @throws DemoFailed if there is too little space, or a server does not start
     */
    public static DemoServers start(long bytesNeeded) {
        DemoServers servers;
        try {
            Path directory = Files.createTempDirectory("neap-demo-").toRealPath();
            servers = new DemoServers(directory);
            Runtime.getRuntime().addShutdownHook(servers.hook);
        } catch (IOException e) {
            throw new DemoFailed("No temporary directory can be made: %s. Set -Djava.io.tmpdir to one with space."
                    .formatted(e.getMessage()), e);
        }
        try {
            servers.checkSpace(bytesNeeded);
            servers.startBoth();
            return servers;
        } catch (IOException | SQLException | RuntimeException e) {
            servers.close();
            if (e instanceof DemoFailed failed) {
                throw failed;
            }
            throw new DemoFailed(
                    "The demo's PostgreSQL did not start: %s. Run `neap doctor`, or try it on another machine."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private void checkSpace(long bytesNeeded) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free < bytesNeeded) {
            throw new DemoFailed(("The file system of %s has %s free, and the demo may need %s."
                    + " Take fewer --rows, or set -Djava.io.tmpdir to a directory with more space.")
                    .formatted(directory.getParent(), Size.of(free), Size.of(bytesNeeded)));
        }
    }

    private void startBoth() throws IOException, SQLException {
        EmbeddedPostgres primary = start(PRIMARY_DATA, true);
        try (Connection connection = primary().dataSource("neap demo backup").getConnection()) {
            Path standby = directory.resolve(STANDBY_DATA);
            BaseBackup.take(connection, directory.resolve(PRIMARY_DATA), primary.getPort(), standby, STANDBY);
        }
        start(STANDBY_DATA, false);
        awaitStandby();
    }

    /** Holds the monitor while a server comes up, so that the end of the program waits for it and then stops it. */
    private synchronized EmbeddedPostgres start(String name, boolean fresh) throws IOException {
        if (closed) {
            throw new DemoFailed("The demo was ended while its servers started. Start it again.");
        }
        Path data = directory.resolve(name);
        ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(
                directory.resolve(name + ".log").toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(fresh)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(log)
                .setErrorRedirector(log);
        SETTINGS.forEach(builder::setServerConfig);
        EmbeddedPostgres server = builder.start();
        running.add(server);
        // On a port that was taken in between, the embedded server would connect to a stranger without a word.
        String actual = JdbcClient.create(DemoDatabase.onPort(server.getPort()).dataSource("neap demo"))
                .sql("SELECT current_setting('data_directory')")
                .query(String.class)
                .single();
        if (!Path.of(actual).toRealPath().equals(data.toRealPath())) {
            throw new DemoFailed("Port %d is served by another PostgreSQL, from %s. Start the demo again."
                    .formatted(server.getPort(), actual));
        }
        return server;
    }

    private synchronized DemoDatabase database(int index) {
        if (closed || running.size() <= index) {
            throw new DemoFailed("The demo's servers were ended. Start it again.");
        }
        return DemoDatabase.onPort(running.get(index).getPort());
    }

    public DemoDatabase primary() {
        return database(0);
    }

    public DemoDatabase standby() {
        return database(1);
    }

    /** The primary's version: {@code 18.1}. */
    public String version() {
        return JdbcClient.create(primary().dataSource("neap demo"))
                .sql("SELECT split_part(current_setting('server_version'), ' ', 1)")
                .query(String.class)
                .single();
    }

    /**
     * Waits until the standby has replayed everything that the primary has written by now.
     *
     * @throws DemoFailed if it takes longer than a minute
     */
    public void awaitStandby() {
        JdbcClient primary = JdbcClient.create(primary().dataSource("neap demo"));
        JdbcClient standby = JdbcClient.create(standby().dataSource("neap demo"));
        String goal = primary.sql("SELECT pg_current_wal_lsn()::text").query(String.class).single();
        Waiting.until("the standby to catch up", Duration.ofMinutes(1), () -> standby.sql(
                "SELECT coalesce(pg_last_wal_replay_lsn() >= :goal::pg_lsn, false)")
                .param("goal", goal)
                .query(Boolean.class)
                .single());
    }

    /** Has {@code task} run before the servers stop, also when the program is ended; it must return at once. */
    void beforeTheEnd(Runnable task) {
        farewell = task;
    }

    /** Where both keep their data, until they are closed. */
    Path directory() {
        return directory;
    }

    /** Stops both servers and deletes their directory. May be called any number of times. */
    @Override
    public void close() {
        release();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending: the hook runs anyway, and finds nothing left to do.
            return;
        }
    }

    private synchronized void release() {
        if (closed) {
            return;
        }
        closed = true;
        farewell.run();
        List<ProcessHandle> processes = processes();
        // The standby first: a primary waits for its walsenders when it stops.
        running.reversed().forEach(DemoServers::stop);
        processes.forEach(DemoServers::awaitEnd);
        try {
            Directories.delete(directory);
        } catch (IOException e) {
            LOG.warn("Directory {} could not be deleted. Delete it by hand.", directory, e);
        }
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The demo server on port {} did not stop when asked to.", server.getPort(), e);
        }
    }

    /** The servers' main processes, also of one that was started but did not come up in time. */
    private List<ProcessHandle> processes() {
        List<ProcessHandle> processes = new ArrayList<>();
        for (String name : List.of(PRIMARY_DATA, STANDBY_DATA)) {
            try (BufferedReader file = Files.newBufferedReader(directory.resolve(name).resolve("postmaster.pid"))) {
                ProcessHandle.of(Long.parseLong(String.valueOf(file.readLine()).strip())).ifPresent(processes::add);
            } catch (IOException | NumberFormatException e) {
                LOG.debug("No {} server runs.", name, e);
            }
        }
        return processes;
    }

    /** A server that was told to stop has removed its files a moment before its process ends. */
    private static void awaitEnd(ProcessHandle process) {
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                process.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("The demo server with process id {} did not end and is killed.", process.pid());
                process.destroyForcibly();
            }
        }
    }
}
