package dev.neap.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Tells a class, with all that its jar brings, from another of the same name.
 *
 * @param sha256 in hexadecimal digits: of the names and contents of the jar's files, but for META-INF, so that the same
 *     classes packed again count as the same; of the class file alone where there is no jar
 * @param source where it came from, for people
 */
public record ClassDigest(String sha256, String source) {

    static ClassDigest of(Class<?> found, ClassLoader jars) {
        try {
            CodeSource code = found.getProtectionDomain().getCodeSource();
            if (jars.equals(found.getClassLoader()) && code != null) {
                Path jar = Path.of(code.getLocation().toURI());
                return new ClassDigest(ofJar(jar), String.valueOf(jar.getFileName()));
            }
            URL file = found.getResource("/" + found.getName().replace('.', '/') + ".class");
            if (file == null) {
                throw new IOException("its class file is not to be found");
            }
            try (InputStream bytes = file.openStream()) {
                return new ClassDigest(hex(algorithm().digest(bytes.readAllBytes())), "Neap itself");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Class %s can't be read again.".formatted(found.getName()), e);
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException("The place of class %s is no file.".formatted(found.getName()), e);
        }
    }

    private static String ofJar(Path jar) throws IOException {
        MessageDigest all = algorithm();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> entries = zip.stream()
                    .filter(entry -> !entry.isDirectory() && !entry.getName().startsWith("META-INF/"))
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            for (ZipEntry entry : entries) {
                all.update(entry.getName().getBytes(StandardCharsets.UTF_8));
                try (InputStream bytes = zip.getInputStream(entry)) {
                    all.update(algorithm().digest(bytes.readAllBytes()));
                }
            }
        }
        return hex(all.digest());
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static MessageDigest algorithm() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** Enough of it for people to compare. */
    public String shortened() {
        return sha256.substring(0, 12);
    }
}
