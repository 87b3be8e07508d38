package dev.neap.shadow;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A server made with the programs of a PostgreSQL that is installed on this machine. */
final class LocalServer implements ShadowServer {

    private static final long PATIENCE_SECONDS = 60;

    private final ScratchDirectory directory;
    private final int port;

    private LocalServer(ScratchDirectory directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** @throws ShadowFailed if it does not start */
    static LocalServer start(Installation installation) {
        ScratchDirectory directory = ScratchDirectory.make();
        try {
            Path data = directory.path().resolve("data");
            File log = directory.path().resolve("log").toFile();
            Process init = begin(log, List.of(
                    installation.program("initdb"), "-D", data.toString(), "-U", Sessions.SUPERUSER, "-A", "trust",
                    "--no-sync", "--locale=C", "-E", "UTF8"));
            if (!init.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || init.exitValue() != 0) {
                init.destroyForcibly();
                throw new IOException("initdb failed");
            }
            int port = freePort();
            Process server = begin(log, List.of(
                    installation.program("postgres"), "-D", data.toString(), "-p", String.valueOf(port),
                    "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off",
                    "-c", "shared_buffers=32MB", "-c", "autovacuum=off"));
            directory.beforeDeletion(() -> stop(server));
            Sessions.prepare(port, data, installation.major());
            return new LocalServer(directory, port);
        } catch (IOException e) {
            directory.close();
            throw new ShadowFailed("PostgreSQL in %s did not start: %s. Name a scratch server with --shadow-url."
                    .formatted(installation.bin(), e.getMessage()), e);
        } catch (InterruptedException e) {
            directory.close();
            Thread.currentThread().interrupt();
            throw new ShadowFailed("The start of the shadow was interrupted. Try again.", e);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** PostgreSQL refuses to run as root: in a user namespace of its own it is somebody else. */
    private static Process begin(File log, List<String> command) throws IOException {
        List<String> all = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            all.addAll(List.of("unshare", "-U"));
        }
        all.addAll(command);
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** SIGTERM lets sessions end, and ours have. */
    private static void stop(Process server) {
        server.destroy();
        try {
            if (!server.waitFor(5, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public DataSource administrator() {
        return Sessions.at(port, Sessions.DATABASE, Sessions.SUPERUSER);
    }

    @Override
    public DataSource judge() {
        return Sessions.at(port, Sessions.DATABASE, Sessions.JUDGE);
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
