package dev.neap.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The example that the demo runs, as it is packaged with the program. */
public final class DemoChange {

    /** Its name for messages: the path at which it lies in the project. */
    public static final String SOURCE = "jobs/01-normalize-email.yaml";

    private static final String RESOURCE = "/dev/neap/" + SOURCE;

    private DemoChange() {}

    /**
     * The text of the change file.
     *
     * @throws DemoFailed if it is not packaged
     */
    public static String text() {
        try (InputStream in = DemoChange.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new DemoFailed(
                        "The example %s is not packaged with this program. Build it again.".formatted(SOURCE));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new DemoFailed("The example %s can't be read. Build the program again.".formatted(SOURCE), e);
        }
    }
}
