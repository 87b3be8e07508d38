package dev.neap.cli;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a command line that works on a run says besides the change.
 *
 * @param metricsPort where Prometheus may scrape: a port, 0 for any; empty for what the configuration says
 * @param shadowUrl a server on which nobody works, to judge a change's own SQL on; empty for what the configuration says
 */
public record WorkRequest(ConnectionRequest connection, OptionalInt metricsPort, Optional<String> shadowUrl) {}
