package dev.neap.cli;

import dev.neap.control.Request;

/** Lets a run go on after a pause. */
@picocli.CommandLine.Command(name = "resume", description = {
    "Lets a change go on after neap pause.",
    "From the chunk where it rested."
}, footer = {"  neap resume normalize-email"})
final class ResumeCommand extends AskCommand {

    ResumeCommand(Session session) {
        super(session, Request.RESUME);
    }
}
