package dev.neap.cli;

import dev.neap.change.ChangeName;
import dev.neap.run.Consent;
import dev.neap.run.LastWord;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes away what a change replaced. */
@picocli.CommandLine.Command(name = "complete", description = {
    "Contracts a change that is ready.",
    "What it replaced is dropped: the code that used it must be gone. Asks for the change's "
            + "name when a person runs it, after it has shown what the file says about data that goes "
            + "for good; where nobody can be asked, such a change needs --yes."
}, footer = {"  neap complete normalize-email"})
final class CompleteCommand implements Command {

    private final Session session;

    @Mixin
    private final WorkOptions options = new WorkOptions();

    @Mixin
    private final WindowOption window = new WindowOption();

    @Parameters(paramLabel = "CHANGE", description = "The change's name.")
    @SuppressWarnings("NullAway.Init")
    private ChangeName change;

    @Option(names = "--yes", description = "Do not ask for the change's name again.")
    private boolean yes;

    @Option(names = "--unused-index", description = "Let a new index take the place of an old one that queries use, also if none has used the new one yet.")
    private boolean unusedIndex;

    @Option(names = "--set-aside", description = "Drop data although rows are set aside: they have been mended, or what they hold may go.")
    private boolean setAside;

    CompleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public List<ExitCode> exits() {
        return Work.EXITS;
    }

    @Override
    public Integer call() {
        return Work.on(session, options, runs -> {
            Consent consent = consent(runs.lastWord(change));
            return (open, watcher) -> open.complete(change, window.use(), consent, watcher);
        });
    }

    /** Where data goes for good, silence is no consent: somebody types the name, or the command line says --yes. */
    private Consent consent(Optional<LastWord> word) {
        String what = "Completing drops what the change replaced, and Neap can not bring that back."
                + word.map(last -> " %s. %s."
                        .formatted(Words.capital(String.join("; ", last.losses())), Words.capital(last.note().words())))
                        .orElse("");
        if (yes) {
            return new Consent("by --yes", unusedIndex, setAside);
        }
        if (Confirmation.ask(session.terminal(), change, what) == Confirmation.Answer.NOBODY && word.isPresent()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "%s Nobody is at the terminal to agree to that, so nothing was done. Give --yes.".formatted(what));
        }
        return new Consent(word.isPresent() ? "by typing the change's name" : "by the command line", unusedIndex,
                setAside);
    }
}
