package dev.neap.app;

import dev.neap.change.yaml.ChangeFile;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.cli.Program;
import dev.neap.demo.Demo;
import dev.neap.demo.DemoChange;
import dev.neap.demo.DemoDatabase;
import dev.neap.demo.DemoOptions;
import dev.neap.demo.DemoRun;
import dev.neap.pace.StopFlag;
import dev.neap.run.Outcome;
import dev.neap.run.Runs;
import dev.neap.run.Watcher;
import java.util.function.Consumer;
import java.util.function.Function;

/** The demo with the real thing in it: the change is carried out as by any other command, with settings of its own. */
final class DemoShow implements Program.Demo {

    private final DemoOptions options;
    private final Consumer<String> say;
    private final StopFlag stop = new StopFlag();

    DemoShow(long rows, Consumer<String> say) {
        this.options = DemoOptions.ofRows(rows);
        this.say = say;
    }

    @Override
    public boolean show(Watcher watcher) {
        ChangeFile file = new ChangeReader().read(DemoChange.SOURCE, DemoChange.text());
        return new Demo(new Carrier(watcher), file, new LinePrinter(say)).play(options).proven();
    }

    @Override
    public void stop() {
        stop.raise();
    }

    private final class Carrier implements DemoRun {

        private final Watcher watcher;

        Carrier(Watcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public Outcome run(DemoDatabase database, ChangeFile file) {
            return with(database, runs -> runs.run(file, watcher));
        }

        @Override
        public Outcome complete(DemoDatabase database, ChangeFile file) {
            return with(database, runs -> runs.complete(file.change().name(), watcher));
        }

        private Outcome with(DemoDatabase database, Function<Runs, Outcome> command) {
            NeapSettings settings = NeapSettings.defaults();
            try (SpringRuns spring = SpringRuns.open(settings, DatabaseUrl.parse(database.jdbcUrl()).as(database.user()));
                    StopFlag.Registration registration = stop.onRaise(spring.runs()::stop)) {
                return command.apply(spring.runs());
            }
        }

        @Override
        public void stop() {
            stop.raise();
        }
    }
}
