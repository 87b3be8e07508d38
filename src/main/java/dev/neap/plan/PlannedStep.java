package dev.neap.plan;

import dev.neap.step.Step;
import dev.neap.step.StepId;

/**
 * A step at its place in a plan.
 *
 * @param ground the table that it works on: the change's own, or one that has to change with it
 */
public record PlannedStep(StepId id, Step step, Ground ground) {}
