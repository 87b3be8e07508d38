package dev.neap.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a command line says about the database; what it leaves out comes from the environment and the configuration.
 *
 * @param config a directory or file instead of ./config
 * @param askPassword asks the person at the terminal with the given prompt; empty if there is none
 */
public record ConnectionRequest(
        Optional<String> url,
        Optional<String> user,
        Optional<Path> config,
        Function<String, Optional<String>> askPassword) {}
