package dev.neap.cli;

import dev.neap.change.yaml.ChangeFile;
import dev.neap.control.RemoteControl;
import dev.neap.lint.report.LintReport;
import dev.neap.run.Runs;
import dev.neap.run.Watcher;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rest of the program, as commands see it. Each part is opened only by a command that needs it, so that the others
 * answer at once.
 */
public interface Program {

    /** {@code 0.1.0}. */
    String version();

    /** @throws dev.neap.change.yaml.ChangeFileException or the like, with all mistakes in its message */
    ChangeFile read(Path file);

    /** What is known of runs, and what can be asked of those that another process works on; starts nothing. */
    Open<RemoteControl> control(ConnectionRequest connection);

    /** What looks at a database without changing it; starts nothing. */
    Open<Inspector> inspector(ConnectionRequest connection);

    /** What carries out changes; slow to open. */
    Open<Runs> runs(WorkRequest request);

    /**
     * Shows a change on servers of its own, which are gone when it returns, or when the process is ended meanwhile.
     *
     * @param rows of its table
     * @param out what a person should read
     * @return whether everything that it proves turned out right
     */
    boolean demo(long rows, PrintStream out, Live live);

    /**
     * Looks for what is dangerous in change files and SQL migrations.
     *
     * @throws CommandFailed if a file can't be read, or the database that was named can't be reached
     */
    LintReport lint(LintRequest request);

    /** Shows the progress of work while it lasts. */
    interface Live {
        <T> T during(Function<Watcher, T> work);
    }

    /** Looks at a database without changing it. */
    interface Inspector {

        /**
         * What a change would do, and what stands in its way.
         *
         * @param sample whether to measure a chunk, which is rolled back
         * @param shadowUrl a server on which nobody works, to judge the change's own SQL on
         * @throws dev.neap.plan.Refused if it can't be done
         */
        Report plan(ChangeFile file, boolean sample, Optional<String> shadowUrl);

        /** What a database administrator would look at before a big change. */
        Report doctor();
    }

    /**
     * What an inspection found, for people and for programs.
     *
     * @param text lines of at most 120 columns
     * @param json with keys in snake case that stay as they are
     * @param blocked whether {@code run} would refuse
     */
    record Report(String text, String json, boolean blocked) {}
}
