package dev.neap.cli;

import dev.neap.control.Request;

/** Lets a run rest. */
@picocli.CommandLine.Command(name = "pause", description = {
    "Lets a change rest, on whatever machine it runs.",
    "After the chunk at work it holds no transaction, connection or lock, until neap resume."
}, footer = {"  neap pause normalize-email"})
final class PauseCommand extends AskCommand {

    PauseCommand(Session session) {
        super(session, Request.PAUSE);
    }
}
