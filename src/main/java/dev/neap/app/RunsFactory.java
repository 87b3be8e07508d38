package dev.neap.app;

import dev.neap.cli.Open;
import dev.neap.judgement.Shadows;
import dev.neap.run.Runs;

/** Boots what carries out runs: Spring, Spring Batch, the tables of schema neap. */
@FunctionalInterface
public interface RunsFactory {

    /**
     * Closing what is returned ends everything that was begun; it is closed when the command's work has returned, also
     * after a signal. So nothing in it may have a shutdown hook of its own: that would close it under a chunk at work.
     *
     * @param target was reached a moment ago
     * @param shadows on which a change's own SQL is judged
     */
    Open<Runs> open(NeapSettings settings, DatabaseTarget target, Shadows shadows);
}
