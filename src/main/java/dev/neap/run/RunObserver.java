package dev.neap.run;

/**
 * Is told what becomes of a run while one command works on it, from its beginning to its end. Called from the run's own
 * threads: must return at once and never throw.
 */
public interface RunObserver extends Watcher {

    @Override
    default void progress(Progress progress) {}

    @Override
    default void event(String line) {}

    /** The command is done; told only if it had begun to work. */
    void ended(Outcome outcome);

    /** The command was broken off; told only if it had begun to work. */
    void failed(RuntimeException error);
}
