package dev.neap.judgement;

import dev.neap.change.operation.RunSql;
import dev.neap.plan.Plan;
import dev.neap.plan.PlannedStep;
import dev.neap.plan.Planner;
import dev.neap.sql.SqlScript;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.StepId;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import dev.neap.trace.Prediction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A step of a plan whose statements the author wrote.
 *
 * @param at the operation's place in the file: {@code operations[0].sql}
 */
record RawStep(String at, RunSql operation, PlannedStep planned, DdlStep step) {

    /** Those of a plan, in its order. */
    static List<RawStep> of(Plan plan) {
        List<RawStep> raws = new ArrayList<>();
        raws.addAll(of(plan, plan.beforeGate(), false));
        raws.addAll(of(plan, plan.afterGate(), true));
        return List.copyOf(raws);
    }

    private static List<RawStep> of(Plan plan, List<PlannedStep> steps, boolean contracted) {
        Iterator<PlannedStep> raw = steps.stream().filter(RawStep::isRaw).iterator();
        List<RawStep> raws = new ArrayList<>();
        for (Planner.Located located : Planner.located(plan.change())) {
            if (located.operation() instanceof RunSql sql && sql.contracts(located.at()) == contracted) {
                PlannedStep planned = raw.next();
                raws.add(new RawStep(located.at(), sql, planned, (DdlStep) planned.step()));
            }
        }
        return raws;
    }

    private static boolean isRaw(PlannedStep planned) {
        return planned.step() instanceof DdlStep ddl && ddl.slug().equals(RunSql.SLUG);
    }

    StepId id() {
        return planned.id();
    }

    /** Whether all its statements share a transaction. */
    boolean together() {
        return step.conduct() == Conduct.TRANSACTION;
    }

    List<String> up() {
        return step.sql();
    }

    List<String> down() {
        return step.undo().map(Undo::sql).orElse(List.of());
    }

    /** What the plan says of doing it. */
    Prediction declared() {
        return new Prediction(planned.ground().table().name(), step.lock(), step.work(), step.others());
    }

    /** What the plan says of taking it back: that it is quick. */
    Prediction declaredBack() {
        Undo undo = step.undo().orElseThrow();
        return new Prediction(planned.ground().table().name(), undo.lock(), Work.CATALOG, undo.others());
    }

    /** The place of each statement of {@code up}: {@code operations[0].sql.up[1]}. */
    List<String> upPlaces() {
        return places("up", operation.up());
    }

    /** The place of each statement of {@code down}. */
    List<String> downPlaces() {
        return places("down", operation.back().down());
    }

    private List<String> places(String key, List<String> entries) {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            String place = "%s.%s[%d]".formatted(at, key, i);
            SqlScript.of(entries.get(i)).statements().forEach(statement -> places.add(place));
        }
        return places;
    }
}
