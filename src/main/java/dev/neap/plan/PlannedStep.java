package dev.neap.plan;

import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.DdlStep;
import dev.neap.step.GateStep;
import dev.neap.step.LastLookStep;
import dev.neap.step.MovedStep;
import dev.neap.step.RowWork;
import dev.neap.step.Step;
import dev.neap.step.StepId;
import dev.neap.step.VerifyStep;
import java.util.List;
import java.util.stream.Stream;

/**
 * A step at its place in a plan.
 *
 * @param ground the table that it works on: the change's own, or one that has to change with it
 */
public record PlannedStep(StepId id, Step step, Ground ground) {

    /** The tables that it changes: where rows only come from is none of them. */
    public List<QualifiedName> tables() {
        return switch (step) {
            case DdlStep ddl -> List.of(ground.table().name());
            case BackfillStep backfill -> tables(backfill.work());
            case VerifyStep verify -> tables(verify.backfill().work());
            case MovedStep moved -> tables(moved.backfill().work());
            case LastLookStep look -> List.of(ground.table().name());
            case GateStep gate -> List.of(ground.table().name());
        };
    }

    private List<QualifiedName> tables(RowWork work) {
        Stream<QualifiedName> own = work.destination().isEmpty() || work.removes()
                ? Stream.of(ground.table().name())
                : Stream.empty();
        return Stream.concat(own, work.destination().stream()).toList();
    }
}
