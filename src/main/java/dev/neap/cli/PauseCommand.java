package dev.neap.cli;

import dev.neap.control.Request;
import java.util.List;
import picocli.CommandLine.Mixin;

/** Lets a run rest. */
@picocli.CommandLine.Command(name = "pause", description = {
    "Lets a change rest, on whatever machine it runs.",
    "After the chunk at work it holds no transaction, connection or lock, until neap resume."
}, footer = {"  neap pause normalize-email"})
final class PauseCommand implements Command {

    private final Session session;

    @Mixin
    private final ControlOptions options = new ControlOptions();

    PauseCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return List.of(ExitCode.REFUSED, ExitCode.UNREACHABLE, ExitCode.NOT_YET);
    }

    @Override
    public Integer call() {
        return options.ask(session, (control, patience) -> control.ask(Request.PAUSE, options.change(), patience));
    }
}
