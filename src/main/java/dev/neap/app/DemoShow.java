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
import dev.neap.pace.StopFlag;
import dev.neap.run.Outcome;
import dev.neap.run.Runs;
import dev.neap.run.Watcher;
import java.io.PrintStream;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** The demo, with the real thing at work in it, at its default settings. */
final class DemoShow implements DemoRun {

    private final RunsFactory factory;
    private final Live live;
    private final StopFlag stop = new StopFlag();

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
    public Outcome run(DemoDatabase database, ChangeFile file, UnaryOperator<Watcher> audience) {
        return on(database, (runs, watcher) -> runs.run(file, audience.apply(watcher)));
    }

    @Override
    public Outcome complete(DemoDatabase database, ChangeFile file) {
        return on(database, (runs, watcher) -> runs.complete(file.change().name(), watcher));
    }

    @Override
    public void stop() {
        stop.raise();
    }

    private Outcome on(DemoDatabase database, BiFunction<Runs, Watcher, Outcome> work) {
        DatabaseTarget target = DatabaseUrl.parse(database.jdbcUrl()).as(database.user());
        try (Open<Runs> runs = factory.open(NeapSettings.defaults(), target, ShadowPlaces.NONE);
                StopFlag.Registration registration = stop.onRaise(runs.value()::stop)) {
            return live.during(watcher -> work.apply(runs.value(), watcher));
        }
    }
}
