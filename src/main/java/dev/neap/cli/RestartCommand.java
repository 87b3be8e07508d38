package dev.neap.cli;

import dev.neap.change.ChangeName;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes on with a change without its file. */
@picocli.CommandLine.Command(name = "restart", description = {
    "Goes on with a change where it stopped.",
    "It may have been stopped, have failed or lost its process. The file is not needed: the "
            + "database keeps what the run began with."
}, footer = {"  neap restart normalize-email"})
final class RestartCommand implements Command {

    private final Session session;

    @Mixin
    private final WorkOptions options = new WorkOptions();

    @Mixin
    private final WindowOption window = new WindowOption();

    @Parameters(paramLabel = "CHANGE", description = "The change's name.")
    @SuppressWarnings("NullAway.Init")
    private ChangeName change;

    RestartCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return Work.EXITS;
    }

    @Override
    public Integer call() {
        return Work.on(session, options, (runs, watcher) -> runs.restart(change, window.use(), watcher));
    }
}
