package dev.neap.cli;

import dev.neap.change.ChangeName;
import dev.neap.run.Outcome;
import dev.neap.run.RunState;
import java.util.ArrayList;
import java.util.List;

/** The last lines of a command that worked on a run: what was done, and what to type next. */
final class Summary {

    private Summary() {}

    static List<String> lines(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        if (outcome.worked()) {
            lines.add("%s is %s, after %s."
                    .formatted(outcome.change(), RunStatus.words(outcome.state()), Words.took(outcome.took())));
        }
        for (Outcome.Pass pass : outcome.passes()) {
            lines.add("  %s: %s passed, %s changed%s%s"
                    .formatted(
                            pass.step(),
                            Words.count(pass.visited(), "row"),
                            Words.count(pass.changed()),
                            pass.passes() > 1 ? ", in " + pass.passes() + " passes" : "",
                            pass.quarantined() > 0 ? ", " + Words.count(pass.quarantined()) + " set aside" : ""));
        }
        if (!outcome.message().isBlank()) {
            lines.add(outcome.message());
        }
        next(outcome).forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static List<String> next(Outcome outcome) {
        List<String> next = new ArrayList<>();
        RunStatus.next(outcome.state(), new ChangeName(outcome.change()))
                .filter(command -> !outcome.message().contains(command))
                .ifPresent(command -> next.add("Next: " + command));
        String undo = "neap rollback " + outcome.change();
        boolean undoable = outcome.state() == RunState.READY || outcome.state() == RunState.FAILED;
        if (undoable && !outcome.message().contains(undo)) {
            next.add("Or undo it: " + undo);
        }
        return next;
    }

    /** How the process ends. */
    static ExitCode exit(RunState state) {
        return switch (state) {
            case READY, COMPLETED, ROLLED_BACK -> ExitCode.DONE;
            case STOPPED -> ExitCode.STOPPED;
            // Left as it is by a signal, on the way: only the same command goes on.
            case RUNNING, COMPLETING, ROLLING_BACK -> ExitCode.STOPPED;
            case FAILED -> ExitCode.FAILED;
        };
    }
}
