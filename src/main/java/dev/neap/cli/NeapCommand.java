package dev.neap.cli;

import picocli.CommandLine.Option;

/** The program itself: without a command it only has options. */
@picocli.CommandLine.Command(name = "neap", description = "PostgreSQL changes that never make waves.", synopsisSubcommandLabel = "COMMAND", footer = {
    "  neap demo", "  neap plan jobs/01-normalize-email.yaml --url postgresql://localhost/shop"})
final class NeapCommand {

    @Option(names = {"-v",
        "--verbose"}, scope = picocli.CommandLine.ScopeType.INHERIT, description = "Log more, and show where an error came from.")
    private boolean verbose;

    boolean verbose() {
        return verbose;
    }
}
