package dev.neap.postgres;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The oldest server's binaries, which lie in a jar beside the class path, since it can hold only one version. Its path is
 * the system property {@code neap.test.postgres14.jar}; without that (a test started in an editor) it is looked for where
 * the build puts it.
 */
final class Binaries implements PgBinaryResolver {

    private static final Path BUILT = Path.of("target", "postgres-14", "binaries.jar");

    @Override
    public InputStream getPgBinary(String system, String machine) throws IOException {
        Path jar = Path.of(
                Objects.requireNonNullElse(System.getProperty("neap.test.postgres14.jar"), BUILT.toString()));
        if (!Files.exists(jar)) {
            throw new IOException(
                    "There are no PostgreSQL 14 binaries at %s. Run mvn generate-test-resources once.".formatted(jar));
        }
        ZipFile zip = new ZipFile(jar.toFile());
        try {
            ZipEntry archive = zip.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("Jar %s holds no .txz archive.".formatted(jar)));
            return new java.io.FilterInputStream(zip.getInputStream(archive)) {
                @Override
                public void close() throws IOException {
                    zip.close();
                }
            };
        } catch (IOException | UncheckedIOException e) {
            zip.close();
            throw e;
        }
    }

    // One instance is one extraction cache entry for the embedded server: all are equal.
    @Override
    public boolean equals(Object other) {
        return other instanceof Binaries;
    }

    @Override
    public int hashCode() {
        return Binaries.class.hashCode();
    }
}
