package dev.neap.demo;

import dev.neap.change.yaml.ChangeFile;
import dev.neap.run.Outcome;
import dev.neap.run.Watcher;
import java.util.function.UnaryOperator;

/** What the demo needs of the part that carries out changes. Each method returns when the run stops. */
public interface DemoRun {

    /**
     * Runs the change up to its gate.
     *
     * @param audience is given what shows the run to a person, and is told of the run in its place
     */
    Outcome run(DemoDatabase database, ChangeFile file, UnaryOperator<Watcher> audience);

    /** Contracts it. */
    Outcome complete(DemoDatabase database, ChangeFile file);

    /** Asks the work at hand to end soon; returns at once. Called from another thread when the demo is interrupted. */
    void stop();
}
