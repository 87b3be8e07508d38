package dev.neap.cli;

import dev.neap.change.ChangeName;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Undoes a change. */
@picocli.CommandLine.Command(name = "rollback", description = {
    "Undoes everything of a change that is not contracted.",
    "From any state. Asks for the change's name when a person runs it."
}, footer = {"  neap rollback normalize-email"})
final class RollbackCommand implements Command {

    private final Session session;

    @Mixin
    private final WorkOptions options = new WorkOptions();

    @Parameters(paramLabel = "CHANGE", description = "The change's name.")
    @SuppressWarnings("NullAway.Init")
    private ChangeName change;

    @Option(names = "--yes", description = "Do not ask for the change's name again.")
    private boolean yes;

    RollbackCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return Work.EXITS;
    }

    @Override
    public Integer call() {
        if (!yes) {
            Confirmation.Answer unused = Confirmation.ask(session.terminal(), change,
                    "Rolling back drops what the change added, with the values in it.");
        }
        return Work.on(session, options, (runs, watcher) -> runs.rollback(change, watcher));
    }
}
