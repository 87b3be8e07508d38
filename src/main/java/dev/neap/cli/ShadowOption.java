package dev.neap.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where PostgreSQL is asked what a change's own SQL does. */
final class ShadowOption {

    @Option(names = "--shadow-url", paramLabel = "URL", description = {
        "A server on which nobody works: a change's own SQL is tried there on an empty copy of the schema, which is"
                + " dropped.",
        "Else neap.lint.shadow_url; else a server of Neap's own, or one that is installed here."
    })
    private @Nullable String url;

    Optional<String> url() {
        return Optional.ofNullable(url);
    }
}
