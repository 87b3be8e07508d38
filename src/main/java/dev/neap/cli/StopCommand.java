package dev.neap.cli;

import dev.neap.control.Request;
import java.util.List;
import picocli.CommandLine.Mixin;

/** Ends a run's process. */
@picocli.CommandLine.Command(name = "stop", description = {
    "Ends the process that works on a change, on whatever machine.",
    "After the chunk at work, as Ctrl-C does there; neap restart goes on from it."
}, footer = {"  neap stop normalize-email"})
final class StopCommand implements Command {

    private final Session session;

    @Mixin
    private final ControlOptions options = new ControlOptions();

    StopCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return List.of(ExitCode.REFUSED, ExitCode.UNREACHABLE, ExitCode.NOT_YET);
    }

    @Override
    public Integer call() {
        return options.ask(session, (control, patience) -> control.ask(Request.STOP, options.change(), patience));
    }
}
