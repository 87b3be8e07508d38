package dev.neap.cli;

import dev.neap.control.Request;
import java.util.List;
import picocli.CommandLine.Mixin;

/** Asks something of a run, whichever process works on it. */
abstract class AskCommand implements Command {

    private final Session session;
    private final Request request;

    @Mixin
    private final ControlOptions options = new ControlOptions();

    AskCommand(Session session, Request request) {
        this.session = session;
        this.request = request;
    }

    @Override
    public List<ExitCode> exits() {
        return List.of(ExitCode.REFUSED, ExitCode.UNREACHABLE, ExitCode.NOT_YET);
    }

    @Override
    public Integer call() {
        return options.ask(session, (control, patience) -> control.ask(request, options.change(), patience));
    }
}
