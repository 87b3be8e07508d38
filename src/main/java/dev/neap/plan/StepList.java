package dev.neap.plan;

import dev.neap.step.DdlStep;
import dev.neap.step.Step;
import dev.neap.step.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The steps of a plan as they are put one after the other, each under its number. */
final class StepList {

    private final Grounds grounds;
    private final List<PlannedStep> steps = new ArrayList<>();

    StepList(Grounds grounds) {
        this.grounds = grounds;
    }

    /** A structural step where it says, any other on the change's own table. */
    void add(Step step) {
        add(step, step instanceof DdlStep ddl ? grounds.of(ddl) : grounds.own());
    }

    void add(Step step, Ground ground) {
        steps.add(new PlannedStep(id(0, step), step, ground));
    }

    /**
     * What a step will be called.
     *
     * @param ahead how many others are added before it
     */
    StepId id(int ahead, Step step) {
        return new StepId("%02d-%s".formatted(steps.size() + 1 + ahead, step.slug()).toLowerCase(Locale.ROOT));
    }

    List<PlannedStep> steps() {
        return List.copyOf(steps);
    }
}
