package dev.neap.shadow;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A temporary directory with a server in it: that ends, and it goes, when it is closed or the program ends. */
final class ScratchDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScratchDirectory.class);

    /** A server that was told to stop may still put a file into a directory that is being emptied. */
    private static final int ATTEMPTS = 5;

    private final Path path;
    private final Thread hook = new Thread(this::release, "shadow-end");
    private Closeable server = () -> {};
    private boolean closed;

    private ScratchDirectory(Path path) {
        this.path = path;
    }

    static ScratchDirectory make() {
        try {
            ScratchDirectory directory = new ScratchDirectory(Files.createTempDirectory("neap-shadow-").toRealPath());
            Runtime.getRuntime().addShutdownHook(directory.hook);
            return directory;
        } catch (IOException e) {
            throw new ShadowFailed("No temporary directory can be made: %s. Set -Djava.io.tmpdir to one with space."
                    .formatted(e.getMessage()), e);
        }
    }

    Path path() {
        return path;
    }

    synchronized void beforeDeletion(Closeable stop) {
        server = stop;
    }

    @Override
    public void close() {
        release();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The program is ending: the hook has nothing left to do.", e);
        }
    }

    private synchronized void release() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            server.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The shadow's server did not stop when asked to.", e);
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                delete();
                return;
            } catch (IOException | UncheckedIOException e) {
                if (attempt == ATTEMPTS) {
                    LOG.warn("Directory {} could not be deleted. Delete it by hand.", path, e);
                }
            }
        }
    }

    private void delete() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                try {
                    Files.deleteIfExists(file);
                } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                    if (file.equals(path)) {
                        throw e;
                    }
                }
            }
        }
    }
}
