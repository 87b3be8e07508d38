package dev.neap.step;

import java.util.Optional;

/** One thing to do of a plan. A step may be started any number of times, also after a crash in its middle. */
public sealed interface Step permits DdlStep, BackfillStep, VerifyStep, MovedStep, LastLookStep, GateStep {

    Phase phase();

    /** Names the step within its plan, without its number; digits, lower-case letters, hyphens. */
    String slug();

    /** What it does, in a few words. */
    String title();

    /** What data is gone for good once it is done, as a clause; empty if none is. */
    default Optional<String> loss() {
        return Optional.empty();
    }
}
