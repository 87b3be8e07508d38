package dev.neap.run;

/** Is told what a run does while it does it. Called from the run's own threads: must return at once and never throw. */
public interface Watcher {

    /** Work on the run begins; told once, before the first progress. */
    default void begun(Run run) {}

    /** The run moved on, or waits; called often. */
    void progress(Progress progress);

    /** A step is done, or was found done, or something happened that a person would want to read later; one line. */
    void event(String line);

    /**
     * The lease was looked after. Where the server could not be asked, nothing is told.
     *
     * @param held whether it still is this process's; once not, it never is again
     */
    default void heartbeat(boolean held) {}

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
