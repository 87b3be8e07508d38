package dev.neap.cli;

import dev.neap.change.ChangeName;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.control.RemoteControl;
import dev.neap.lint.report.LintReport;
import dev.neap.run.Consent;
import dev.neap.run.LastWord;
import dev.neap.run.Outcome;
import dev.neap.run.Runs;
import dev.neap.run.Watcher;
import dev.neap.run.WindowUse;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A program whose commands end as a test says. */
final class ScriptedProgram implements Program {

    final List<String> asked = new ArrayList<>();
    boolean blocked;
    LintReport lintReport = new LintReport(List.of("x.sql"), List.of(), List.of());
    Optional<LastWord> last = Optional.empty();
    Supplier<Outcome> outcome = () -> {
        throw new IllegalStateException("The test did not say how the command ends.");
    };

    @Override
    public String version() {
        return "1.2.3";
    }

    @Override
    public ChangeFile read(Path file) {
        return new ChangeReader().read(file);
    }

    @Override
    public Open<RemoteControl> control(ConnectionRequest connection) {
        throw new UnsupportedOperationException("No test here asks the database.");
    }

    @Override
    public Open<Inspector> inspector(ConnectionRequest connection) {
        return Open.of(new Inspector() {
            @Override
            public Report plan(ChangeFile file, boolean sample, Optional<String> shadowUrl) {
                return doctor();
            }

            @Override
            public Report doctor() {
                return new Report("all is well\n", "{}\n", blocked);
            }
        });
    }

    @Override
    public Open<Runs> runs(WorkRequest request) {
        return Open.of(new Runs() {
            @Override
            public Outcome run(ChangeFile file, WindowUse window, Watcher watcher) {
                return end("run " + file.change().name() + words(window));
            }

            @Override
            public Outcome restart(ChangeName change, WindowUse window, Watcher watcher) {
                return end("restart " + change + words(window));
            }

            @Override
            public Outcome complete(ChangeName change, WindowUse window, Consent consent, Watcher watcher) {
                return end("complete " + change + words(window) + (last.isEmpty() ? "" : " agreed " + consent.how()));
            }

            @Override
            public Optional<LastWord> lastWord(ChangeName change) {
                return last;
            }

            @Override
            public Outcome rollback(ChangeName change, Watcher watcher) {
                return end("rollback " + change);
            }

            @Override
            public void stop() {}
        });
    }

    @Override
    public boolean demo(long rows, PrintStream out, Live live) {
        return true;
    }

    @Override
    public LintReport lint(LintRequest request) {
        return lintReport;
    }

    private static String words(WindowUse window) {
        return window == WindowUse.OBEY ? "" : " at any hour";
    }

    private Outcome end(String what) {
        asked.add(what);
        return outcome.get();
    }
}
