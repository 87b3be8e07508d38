package dev.neap.batch;

import dev.neap.plan.PlannedStep;
import dev.neap.run.Engine.Assignment;

/** Hears which step of a plan begins. */
@FunctionalInterface
public interface Onset {

    /** Called in no transaction, while nothing else is at work; maybe more than once for a step. */
    void begins(Assignment assignment, PlannedStep step);
}
