package dev.neap.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server that belongs to one test, which may crash it and start it again on the same port. It does not sync to disk
 * (only processes die here, not the machine), but a commit is in the log before it is confirmed, so none is ever lost.
 */
public final class OwnServer implements AutoCloseable {

    private final TestServer version;
    private final Path data;
    private final Map<String, String> settings;
    private final Thread atExit = new Thread(this::stopImmediate);
    private int port;

    private OwnServer(TestServer version, Path data, Map<String, String> settings) {
        this.version = version;
        this.data = data;
        this.settings = settings;
    }

    /**
     * Starts a new server.
     *
     * @param directory an existing one, such as a {@code @TempDir}; the data goes into a directory of its own in it
     * @param settings of postgresql.conf
     */
    public static OwnServer in(Path directory, TestServer version, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("synchronous_commit", "on", "full_page_writes", "on"));
        all.putAll(settings);
        OwnServer server = new OwnServer(version, directory.resolve("data"), all);
        server.start();
        Runtime.getRuntime().addShutdownHook(server.atExit);
        return server;
    }

    /**
     * Starts a server on a data directory that is there, such as a standby's.
     *
     * @param settings of postgresql.conf
     */
    public static OwnServer on(Path data, TestServer version, Map<String, String> settings) {
        OwnServer server = new OwnServer(version, data, settings);
        server.start();
        Runtime.getRuntime().addShutdownHook(server.atExit);
        return server;
    }

    /** Where its data are. */
    public Path data() {
        return data;
    }

    public int port() {
        return port;
    }

    /** Starts it again, on the same port as before; recovery has ended when this returns. */
    public void start() {
        try {
            // The embedded server's lock on its directory is never released after a crash; a new file is a new lock.
            Files.deleteIfExists(data.resolve("epg-lock"));
            var builder = version.builder(data, settings)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false);
            port = version.start(port == 0 ? builder : builder.setPort(port), data).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException("The test's own server did not start.", e);
        }
    }

    /** Ends it as {@code pg_ctl stop -m immediate} does, with a SIGQUIT: every session breaks off, nothing is written. */
    public void stopImmediate() {
        Path pidFile = data.resolve("postmaster.pid");
        try {
            if (!Files.exists(pidFile)) {
                return;
            }
            long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            var postmaster = ProcessHandle.of(pid);
            new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor();
            if (postmaster.isPresent()) {
                postmaster.get().onExit().get(60, TimeUnit.SECONDS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The test's own server did not stop.", e);
        }
    }

    @Override
    public void close() {
        stopImmediate();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
