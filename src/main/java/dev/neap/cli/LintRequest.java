package dev.neap.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What lint is asked to look at.
 *
 * @param files in the order in which they run
 * @param connection to the database whose schema the shadow gets, if one is named
 */
public record LintRequest(List<Path> files, ConnectionRequest connection, Shadow shadow) {

    public LintRequest {
        files = List.copyOf(files);
    }

    /**
     * Where PostgreSQL is asked.
     *
     * @param wanted whether it is asked at all
     * @param dump of the schema, instead of a database
     * @param url of a server on which nobody works
     * @param version the major version that it must have
     */
    public record Shadow(boolean wanted, Optional<Path> dump, Optional<String> url, OptionalInt version) {}
}
