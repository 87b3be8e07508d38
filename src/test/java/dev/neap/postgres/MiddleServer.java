package dev.neap.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The versions of PostgreSQL between the oldest and the newest, for the few tests that are about what a version does
 * otherwise. Started once a JVM, when first needed.
 */
public enum MiddleServer {
    FIFTEEN(15),
    SIXTEEN(16),
    SEVENTEEN(17);

    private final int major;
    // One server for the whole JVM is what this enum is for; guarded by this.
    @SuppressWarnings("ImmutableEnumChecker")
    private @Nullable EmbeddedPostgres running;

    MiddleServer(int major) {
        this.major = major;
    }

    public int major() {
        return major;
    }

    /** Whether the build has brought its binaries. */
    public boolean isThere() {
        return new Binaries(major).exist();
    }

    /** The port on 127.0.0.1 that it listens on; starts it if need be. */
    public synchronized int port() {
        if (running == null) {
            try {
                Path data = Files.createTempDirectory("neap-postgres-" + major + "-");
                running = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setLocaleConfig("locale", "C")
                        .setServerConfig("shared_buffers", "32MB")
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .setPgBinaryResolver(new Binaries(major))
                        .setCleanDataDirectory(true)
                        .setRegisterShutdownHook(true)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL " + major + " did not start.", e);
            }
        }
        return running.getPort();
    }
}
