package dev.neap.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Neap this is. */
public final class Version {

    private Version() {}

    /** {@code 0.1.0}; the build writes it into a resource. */
    public static String get() {
        Properties properties = new Properties();
        try (InputStream resource = Version.class.getResourceAsStream("application-version.properties")) {
            if (resource != null) {
                properties.load(resource);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The version can't be read from the program's own file.", e);
        }
        return properties.getProperty("version", "unknown");
    }
}
