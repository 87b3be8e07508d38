package dev.neap.cli;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that works on a run. */
final class WorkOptions {

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--metrics-port", paramLabel = "PORT", description = {
        "Serve metrics for Prometheus while it works, on this port of 127.0.0.1; 0 for any that is free.",
        "Else neap.metrics.port of the configuration; else they are not served."
    })
    private @Nullable Integer metricsPort;

    private Optional<String> shadowUrl = Optional.empty();

    /** The same for a command that judges a change's own SQL before it begins. */
    WorkOptions judgedOn(Optional<String> url) {
        shadowUrl = url;
        return this;
    }

    WorkRequest request(Terminal terminal) {
        return new WorkRequest(
                connection.request(terminal),
                metricsPort == null ? OptionalInt.empty() : OptionalInt.of(metricsPort),
                shadowUrl);
    }
}
