package dev.neap.batch;

import dev.neap.pace.Verdict;
import dev.neap.plan.PlannedStep;
import dev.neap.run.Engine.Assignment;
import java.util.Optional;

/** Says whether a step that changes the structure may begin; one that has begun is finished. */
@FunctionalInterface
public interface Beginning {

    /** Asked before each try, in no transaction; why it may not begin now; empty if it may. */
    Optional<Verdict.Hold> closed(Assignment assignment, PlannedStep step);
}
