package dev.neap.cli;

import dev.neap.control.Request;

/** Ends a run's process. */
@picocli.CommandLine.Command(name = "stop", description = {
    "Ends the process that works on a change, on whatever machine.",
    "After the chunk at work, as Ctrl-C does there; neap restart goes on from it."
}, footer = {"  neap stop normalize-email"})
final class StopCommand extends AskCommand {

    StopCommand(Session session) {
        super(session, Request.STOP);
    }
}
