package dev.neap.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to a database. There is none for a password: others could read it. */
final class ConnectionOptions {

    @Option(names = "--url", paramLabel = "URL", description = {
        "The database: postgresql://host:5432/database, or jdbc:postgresql://…",
        "Else NEAP_URL, config/application.yaml, or PGHOST, PGPORT, PGDATABASE."
    })
    private @Nullable String url;

    @Option(names = "--user", paramLabel = "USER", description = {
        "Who connects. Else NEAP_USER, config/application.yaml, or PGUSER.",
        "The password comes from NEAP_PASSWORD, PGPASSWORD or .pgpass."
    })
    private @Nullable String user;

    @Option(names = "--config", paramLabel = "PATH", description = "A directory with application.yaml, or a file; else ./config.")
    private @Nullable Path config;

    ConnectionRequest request(Terminal terminal) {
        return new ConnectionRequest(
                Optional.ofNullable(url), Optional.ofNullable(user), Optional.ofNullable(config),
                terminal.askPassword());
    }
}
