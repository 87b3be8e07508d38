package dev.neap.plan;

import dev.neap.change.Change;
import dev.neap.change.Problem;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.step.BackfillStep;
import dev.neap.step.DdlStep;
import dev.neap.step.GateStep;
import dev.neap.step.LastLookStep;
import dev.neap.step.MovedStep;
import dev.neap.step.VerifyStep;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** Plans of the change {@code x}, and how they read. */
final class Plans {

    /** What a change that destroys data has to say. */
    static final String NOTE = "irreversible: {backup: none, retention: none, approval: a test}\n";

    private Plans() {}

    static Change change(Tables tables, String body) {
        return new ChangeReader()
                .read("x.yaml", "change: x\ntable: '" + tables.snapshot().table().name().sql() + "'\n" + body)
                .change();
    }

    static Plan plan(Tables tables, String body) {
        Plan plan = Planner.plan(change(tables, body), tables.snapshot());
        Assertions.assertThat(SaltedOrder.in(plan)).isEmpty();
        return plan;
    }

    static List<Problem> refusals(Tables tables, String body) {
        return Assertions.catchThrowableOfType(Refused.class, () -> plan(tables, body)).problems();
    }

    /** One line a statement, each after its step's name; function bodies left out. */
    static List<String> lines(Plan plan) {
        return plan.steps().stream().flatMap(Plans::lines).toList();
    }

    private static Stream<String> lines(PlannedStep planned) {
        return switch (planned.step()) {
            case DdlStep ddl ->
                ddl.sql().stream().map(sql -> planned.id() + ": " + sql.replaceAll("(?s)\\$neap\\$.*\\$neap\\$", "…"));
            case BackfillStep backfill -> Stream.of(planned.id() + ": " + words(backfill));
            case VerifyStep verify -> Stream.of(planned.id() + ": "
                    + (verify.wholeTable() ? "whole table" : "rows of the backfill"));
            case MovedStep moved -> Stream.of(planned.id() + ": rows that moved"
                    + (moved.untilNone() ? ", until there is none" : ""));
            case LastLookStep look -> Stream.of(planned.id() + ": nothing may meet "
                    + look.backfill().pending().orElseThrow());
            case GateStep gate -> Stream.of(planned.id() + ": " + gate.title());
        };
    }

    private static String words(BackfillStep step) {
        return step.discipline() + " SET "
                + step.assignments()
                        .stream()
                        .map(a -> a.column() + " = " + a.expression())
                        .collect(Collectors.joining(", "))
                + step.pending().map(sql -> " WHERE " + sql).orElse("");
    }

    /** The statements of the only step with this slug. */
    static DdlStep ddl(Plan plan, String slug) {
        List<DdlStep> steps = plan.steps()
                .stream()
                .map(PlannedStep::step)
                .filter(step -> step.slug().equals(slug))
                .map(DdlStep.class::cast)
                .toList();
        Assertions.assertThat(steps).as(slug).hasSize(1);
        return steps.getFirst();
    }
}
