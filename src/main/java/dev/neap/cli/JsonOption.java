package dev.neap.cli;

import picocli.CommandLine.Option;

/** {@code --json}. */
final class JsonOption {

    @Option(names = "--json", description = "Print JSON, whose keys stay as they are, for scripts.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }

    /** Prints a report as asked for; one that blocks the change counts as refused. */
    int print(Session session, Program.Report report) {
        session.say((wanted ? report.json() : report.text()).stripTrailing());
        return (report.blocked() ? ExitCode.REFUSED : ExitCode.DONE).code();
    }
}
