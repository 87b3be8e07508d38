package dev.neap.run;

/** Is told what a run does while it does it. Called from the run's own threads: must return at once and never throw. */
public interface Watcher {

    /** The run moved on, or waits; called often. */
    void progress(Progress progress);

    /** A step is done, or was found done, or something happened that a person would want to read later; one line. */
    void event(String line);

    /** A watcher that does nothing. */
    static Watcher none() {
        return new Watcher() {
            @Override
            public void progress(Progress progress) {}

            @Override
            public void event(String line) {}
        };
    }
}
