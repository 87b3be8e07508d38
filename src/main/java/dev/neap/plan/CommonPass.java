package dev.neap.plan;

import dev.neap.change.operation.Fill;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Assignment;
import dev.neap.step.BackfillStep.Discipline;
import dev.neap.step.RowWork;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The pass over the table that all structural operations of a change have in common. */
final class CommonPass {

    private CommonPass() {}

    /** One pass over the table for all structural operations: each row is written once, not once an operation. */
    static Optional<BackfillStep> of(List<Fill> fills) {
        if (fills.isEmpty()) {
            return Optional.empty();
        }
        List<String> conditions = fills.stream().map(Fill::pending).distinct().toList();
        List<Assignment> assignments = fills.stream()
                .map(fill -> conditions.size() == 1 || fill.always()
                        ? fill.assignment()
                        : new Assignment(
                                fill.assignment().column(),
                                "CASE WHEN %s THEN (%s) ELSE %s END"
                                        .formatted(
                                                fill.pending(),
                                                fill.assignment().expression(),
                                                fill.assignment().column())))
                .toList();
        String pending = conditions.size() == 1
                ? conditions.getFirst()
                : conditions.stream().map(condition -> "(" + condition + ")").collect(Collectors.joining(" OR "));
        String title = "fill "
                + assignments.stream().map(a -> a.column().sql()).collect(Collectors.joining(", "));
        return Optional.of(
                new BackfillStep(
                        "backfill", title, new RowWork.Assign(assignments), Optional.of(pending),
                        Discipline.CONVERGENT));
    }
}
