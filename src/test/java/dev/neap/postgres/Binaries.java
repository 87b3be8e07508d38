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
 * The binaries of a server that is not the newest, which lie in a jar beside the class path, since it can hold only one
 * version. Its path is the system property {@code neap.test.postgres14.jar}, with its version; without that (a test
 * started in an editor) it is looked for where the build puts it.
 *
 * <p>Those of one version are equal: they are one entry in the embedded server's cache of what it has extracted.
 *
 * @param major its version: 14 to 17
 */
record Binaries(int major) implements PgBinaryResolver {

    private Path jar() {
        return Path.of(
                Objects.requireNonNullElse(
                        System.getProperty("neap.test.postgres%d.jar".formatted(major)),
                        Path.of("target", "postgres-" + major, "binaries.jar").toString()));
    }

    boolean exist() {
        return Files.exists(jar());
    }

    @Override
    public InputStream getPgBinary(String system, String machine) throws IOException {
        Path jar = jar();
        if (!exist()) {
            throw new IOException("There are no PostgreSQL %d binaries at %s. Run mvn generate-test-resources once."
                    .formatted(major, jar));
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
}
