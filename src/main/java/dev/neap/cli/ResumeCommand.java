package dev.neap.cli;

import dev.neap.control.Request;
import java.util.List;
import picocli.CommandLine.Mixin;

/** Lets a run go on after a pause. */
@picocli.CommandLine.Command(name = "resume", description = {
    "Lets a change go on after neap pause.",
    "From the chunk where it rested."
}, footer = {"  neap resume normalize-email"})
final class ResumeCommand implements Command {

    private final Session session;

    @Mixin
    private final ControlOptions options = new ControlOptions();

    ResumeCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return List.of(ExitCode.REFUSED, ExitCode.UNREACHABLE, ExitCode.NOT_YET);
    }

    @Override
    public Integer call() {
        return options.ask(session, (control, patience) -> control.ask(Request.RESUME, options.change(), patience));
    }
}
