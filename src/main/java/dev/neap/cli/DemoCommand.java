package dev.neap.cli;

import dev.neap.run.Watcher;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Shows Neap at work on servers of its own. */
@picocli.CommandLine.Command(name = "demo", description = {
    "Shows a change on a server of its own.",
    "Starts a PostgreSQL server with a standby and an application that reads and writes, "
            + "changes its users table with normalize-email, slows the standby down half-way, and proves "
            + "that no write was lost. Needs no database, and leaves nothing running."
}, footer = {"  neap demo --rows 200000"})
final class DemoCommand implements Command {

    private final Session session;

    @Option(names = "--rows", paramLabel = "N", description = "Rows of the users table; 1000000 if not given.")
    private long rows = 1_000_000;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return List.of(ExitCode.FAILED);
    }

    @Override
    public Integer call() {
        // No signals are caught here: the demo's servers end with the process, by hooks of their own.
        boolean right = session.program().demo(rows, session.terminal().out(), new Program.Live() {
            @Override
            public <T> T during(Function<Watcher, T> work) {
                try (ProgressPrinter printer = ProgressPrinter.start(session.terminal(), session.clock())) {
                    return work.apply(printer);
                }
            }
        });
        return (right ? ExitCode.DONE : ExitCode.FAILED).code();
    }
}
