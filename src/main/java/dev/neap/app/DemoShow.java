package dev.neap.app;

import dev.neap.change.yaml.ChangeFile;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.cli.CommandFailed;
import dev.neap.cli.ExitCode;
import dev.neap.cli.Open;
import dev.neap.cli.Program.Live;
import dev.neap.demo.Demo;
import dev.neap.demo.DemoChange;
import dev.neap.demo.DemoDatabase;
import dev.neap.demo.DemoFailed;
import dev.neap.demo.DemoOptions;
import dev.neap.demo.DemoRun;
import dev.neap.run.Outcome;
import dev.neap.run.Runs;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The demo, with the real thing at work in it, at its default settings. */
final class DemoShow implements DemoRun {

    private final RunsFactory factory;
    private final Live live;
    private final AtomicReference<@Nullable Runs> working = new AtomicReference<>();

    DemoShow(RunsFactory factory, Live live) {
        this.factory = factory;
        this.live = live;
    }

    /** @return whether everything that it proves turned out right */
    boolean play(long rows, PrintStream out) {
        try {
            ChangeFile file = new ChangeReader().read(DemoChange.SOURCE, DemoChange.text());
            return new Demo(this, file, out).play(DemoOptions.ofRows(rows)).proven();
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        } catch (DemoFailed e) {
            throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Outcome run(DemoDatabase database, ChangeFile file) {
        return on(database, (runs, watcher) -> runs.run(file, watcher));
    }

    @Override
    public Outcome complete(DemoDatabase database, ChangeFile file) {
        return on(database, (runs, watcher) -> runs.complete(file.change().name(), watcher));
    }

    @Override
    public void stop() {
        Runs runs = working.get();
        if (runs != null) {
            runs.stop();
        }
    }

    private Outcome on(DemoDatabase database, BiFunction<Runs, dev.neap.run.Watcher, Outcome> work) {
        DatabaseUrl url = DatabaseUrl.parse(database.jdbcUrl());
        DatabaseTarget target = new DatabaseTarget(
                url.hosts(), url.database().orElse(database.user()), database.user(), Optional.empty(), Map.of());
        try (Open<Runs> runs = factory.open(SettingsReader.defaults(), target)) {
            working.set(runs.value());
            return live.during(watcher -> work.apply(runs.value(), watcher));
        } finally {
            working.set(null);
        }
    }
}
