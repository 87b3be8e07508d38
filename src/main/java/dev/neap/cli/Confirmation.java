package dev.neap.cli;

import dev.neap.change.ChangeName;
import java.util.Optional;

/** Asks a person to name the change once more before something that can't be taken back. */
final class Confirmation {

    /** What became of the question. */
    enum Answer {
        YES,
        /** No person is at the terminal. */
        NOBODY
    }

    private Confirmation() {}

    /**
     * Without a person at the terminal nothing is asked: the command line, which names the change, says it explicitly.
     *
     * @param what will happen: a sentence
     * @throws CommandFailed if the answer is anything but the name
     */
    static Answer ask(Terminal terminal, ChangeName change, String what) {
        Optional<String> answer = terminal.ask().apply("%s%nType %s to go on: ".formatted(what, change));
        if (answer.isPresent() && !answer.get().strip().equals(change.value())) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "The answer was not \"%s\", so nothing was done. Type the change's name, or give --yes."
                            .formatted(change));
        }
        return answer.isPresent() ? Answer.YES : Answer.NOBODY;
    }
}
