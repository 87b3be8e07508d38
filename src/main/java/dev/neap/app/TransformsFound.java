package dev.neap.app;

import dev.neap.change.Change;
import dev.neap.change.Problem;
import dev.neap.change.operation.TransformRows;
import dev.neap.plan.Planner;
import dev.neap.plan.Refused;
import dev.neap.rows.NoTransform;
import dev.neap.rows.Transforms;
import java.util.ArrayList;
import java.util.List;

/** Whether the classes that a change names are there. */
final class TransformsFound {

    private TransformsFound() {}

    /**
     * @throws Refused with a problem for each that is not there, or is none
     */
    static void mustBe(Transforms transforms, Change change) {
        List<Problem> problems = new ArrayList<>();
        for (Planner.Located located : Planner.located(change)) {
            if (located.operation() instanceof TransformRows rows) {
                try {
                    transforms.named(rows.className());
                } catch (NoTransform e) {
                    problems.add(new Problem(located.at() + ".class", e.fact(), e.remedy()));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new Refused(problems);
        }
    }
}
