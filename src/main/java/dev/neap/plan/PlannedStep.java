package dev.neap.plan;

import dev.neap.step.Step;
import dev.neap.step.StepId;

/** A step at its place in a plan. */
public record PlannedStep(StepId id, Step step) {}
