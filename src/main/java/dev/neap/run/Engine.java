package dev.neap.run;

import dev.neap.plan.Plan;
import dev.neap.window.Window;
import java.util.Optional;
import java.util.UUID;

/** Carries out the steps of a run towards a goal, from wherever they stand. */
public interface Engine {

    /**
     * What to do.
     *
     * @param lease the token under which this process holds the change
     * @param window in which it may be done; at any time if empty
     */
    record Assignment(Run run, Plan plan, Goal goal, UUID lease, Optional<Window> window) {}

    /** How it ended. */
    sealed interface Ended {

        /** Every step is done. */
        record Done() implements Ended {}

        /** It was asked to stop, and can be gone on with. */
        record Stopped() implements Ended {}

        /** The server went away, or the state on the server is not the one in memory: look again, then go on. */
        record Interrupted(Throwable cause) implements Ended {}

        /** A contract failed before it changed anything: its last look found something, or its first step failed. */
        record NotBegun(Throwable cause) implements Ended {}

        /** A step failed for good. */
        record Failed(Throwable cause) implements Ended {}
    }

    /** Works until it is done, stopped, interrupted or failed; throws nothing that {@link Ended} can say. */
    Ended execute(Assignment assignment, ProgressBoard board);
}
