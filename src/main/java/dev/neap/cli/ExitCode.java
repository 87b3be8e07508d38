package dev.neap.cli;

import java.util.Arrays;
import java.util.List;

/** How a command ends, for scripts. Numbers and meanings stay as they are; a new meaning gets a new number. */
public enum ExitCode {
    /** 0: nothing to mend. A change that waits at its gate is done so far; {@code status --json} says READY. */
    DONE(0, "done; a change that waits for complete counts as done"),
    /** 1: read the message; run the command again with -v for the stack trace, and report it if it is Neap's mistake. */
    ERROR(1, "unexpected error"),
    /** 2: correct the command line, the change file or the configuration as the message says; nothing was done. */
    USAGE(2, "command line, change file or configuration not accepted; nothing was done"),
    /** 3: look at neap status: the change's state, an edited file, privileges or the table do not allow it. */
    REFUSED(3, "refused: state, edited file, privileges, or impossible on this table"),
    /** 4: let the other process work, or stop it; if it died, try again once its lease has run out. */
    BUSY(4, "another process works on this change"),
    /** 5: bring the database back or correct the connection, then neap restart. */
    UNREACHABLE(5, "database unreachable"),
    /** 6: neap restart goes on where it stopped. */
    STOPPED(6, "stopped by a signal or by neap stop; resumable"),
    /** 7: mend what the message names (rows, locks, space), then neap restart; or neap rollback. */
    FAILED(7, "a step can't be done; the message says which rows and what to do"),
    /** 8: what was asked of a run is noted, and its process has not done it: see neap status. */
    NOT_YET(8, "asked for, and not reached yet"),
    /** 9: mend what neap lint found, or waive it with a reason. */
    FINDINGS(9, "lint found something to mend");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** What the process returns; 0 to 9. */
    public int code() {
        return code;
    }

    /** In a few words. */
    public String meaning() {
        return meaning;
    }

    /** As picocli prints them: {@code 3:refused…}. */
    static String[] listed(List<ExitCode> codes) {
        return codes.stream().sorted().map(code -> code.code + ":" + code.meaning).toArray(String[]::new);
    }

    static ExitCode of(int code) {
        return Arrays.stream(values())
                .filter(exit -> exit.code == code)
                .findFirst()
                .orElse(ERROR);
    }
}
