package dev.neap.cli;

import dev.neap.change.ChangeName;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes away what a change replaced. */
@picocli.CommandLine.Command(name = "complete", description = {
    "Contracts a change that is ready.",
    "What it replaced is dropped: the code that used it must be gone. Asks for the change's "
            + "name when a person runs it."
}, footer = {"  neap complete normalize-email"})
final class CompleteCommand implements Command {

    private final Session session;

    @Mixin
    private final WorkOptions options = new WorkOptions();

    @Mixin
    private final WindowOption window = new WindowOption();

    @Parameters(paramLabel = "CHANGE", description = "The change's name.")
    @SuppressWarnings("NullAway.Init")
    private ChangeName change;

    @Option(names = "--yes", description = "Do not ask for the change's name again.")
    private boolean yes;

    CompleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return Work.EXITS;
    }

    @Override
    public Integer call() {
        if (!yes) {
            Confirmation.ask(session.terminal(), change,
                    "Completing drops what the change replaced, and Neap can not bring that back.");
        }
        return Work.on(session, options, (runs, watcher) -> runs.complete(change, window.use(), watcher));
    }
}
