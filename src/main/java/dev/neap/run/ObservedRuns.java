package dev.neap.run;

import dev.neap.change.ChangeName;
import dev.neap.change.yaml.ChangeFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs of which others are told besides the person at the terminal. */
public final class ObservedRuns implements Runs {

    private final Runs runs;
    private final Supplier<List<RunObserver>> observers;

    /**
     * @param observers who is told of one command
     */
    public ObservedRuns(Runs runs, Supplier<List<RunObserver>> observers) {
        this.runs = runs;
        this.observers = observers;
    }

    @Override
    public Outcome run(ChangeFile file, WindowUse window, Watcher watcher) {
        return observed(watcher, all -> runs.run(file, window, all));
    }

    @Override
    public Outcome restart(ChangeName change, WindowUse window, Watcher watcher) {
        return observed(watcher, all -> runs.restart(change, window, all));
    }

    @Override
    public Outcome complete(ChangeName change, WindowUse window, Consent consent, Watcher watcher) {
        return observed(watcher, all -> runs.complete(change, window, consent, all));
    }

    @Override
    public Optional<LastWord> lastWord(ChangeName change) {
        return runs.lastWord(change);
    }

    @Override
    public Outcome rollback(ChangeName change, Watcher watcher) {
        return observed(watcher, all -> runs.rollback(change, all));
    }

    @Override
    public void stop() {
        runs.stop();
    }

    private Outcome observed(Watcher watcher, Function<Watcher, Outcome> work) {
        Audience audience = new Audience(watcher, observers.get());
        try {
            Outcome outcome = work.apply(audience);
            audience.tellEnd(observer -> observer.ended(outcome));
            return outcome;
        } catch (RuntimeException e) {
            audience.tellEnd(observer -> observer.failed(e));
            throw e;
        }
    }

    /** Everyone who is told of one command. */
    private static final class Audience implements Watcher {

        private final List<RunObserver> observers;
        private final List<Watcher> all = new ArrayList<>();
        private volatile boolean begun;

        private Audience(Watcher watcher, List<RunObserver> observers) {
            this.observers = observers;
            all.add(watcher);
            all.addAll(observers);
        }

        @Override
        public void begun(Run run) {
            begun = true;
            all.forEach(each -> each.begun(run));
        }

        @Override
        public void progress(Progress progress) {
            all.forEach(each -> each.progress(progress));
        }

        @Override
        public void event(String line) {
            all.forEach(each -> each.event(line));
        }

        @Override
        public void heartbeat(boolean held) {
            all.forEach(each -> each.heartbeat(held));
        }

        private void tellEnd(Consumer<RunObserver> end) {
            if (begun) {
                observers.forEach(end);
            }
        }
    }
}
