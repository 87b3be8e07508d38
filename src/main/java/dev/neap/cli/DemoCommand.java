package dev.neap.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Shows Neap at work on servers of its own. */
@picocli.CommandLine.Command(
        name = "demo",
        description = {
            "Starts a PostgreSQL server with a standby and an application that reads and writes, changes its users table",
            "with normalize-email, and proves that no write was lost. Needs no database, and leaves nothing running."
        },
        footer = {"  neap demo --rows 200000"})
final class DemoCommand implements Command {

    private final Session session;

    @Option(names = "--rows", paramLabel = "N", description = "Rows of the users table; 1000000 if not given.")
    private long rows = 1_000_000;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return List.of(ExitCode.STOPPED, ExitCode.FAILED);
    }

    @Override
    public Integer call() {
        Terminal terminal = session.terminal();
        boolean right;
        boolean stopped;
        try (Open<Program.Demo> demo = session.program().demo(rows, session::say);
                ProgressPrinter printer = ProgressPrinter.start(terminal, session.clock());
                StopOnSignal signals = Work.watch(printer, demo.value()::stop)) {
            right = demo.value().show(printer);
            stopped = signals.wasSignalled();
        }
        return (stopped ? ExitCode.STOPPED : right ? ExitCode.DONE : ExitCode.FAILED).code();
    }
}
