package dev.neap.plan;

import dev.neap.catalog.Fact;
import dev.neap.change.operation.Fill;
import dev.neap.change.operation.SyncRule;
import dev.neap.sql.Identifier;
import dev.neap.step.BackfillStep;
import dev.neap.step.LastLookStep;
import java.util.List;

/**
 * Where old and new columns stand for one thing, either must be what the other makes of it in every row before the old ones
 * go: a load that fired no triggers would be lost with them. Each pair of sides by itself, since somebody may have dropped
 * one of the old columns by hand. Computed columns are not looked at: new code may have given them other values.
 */
final class LastLooks {

    private LastLooks() {}

    static List<LastLookStep> of(List<SyncRule> rules, List<Fill> fills) {
        return rules.stream()
                .filter(SyncRule.Sides.class::isInstance)
                .map(SyncRule.Sides.class::cast)
                .flatMap(sides -> CommonPass.of(fills.stream()
                        .filter(fill -> sides.fresh()
                                .stream()
                                .anyMatch(value -> value.column().equals(fill.assignment().column())))
                        .toList())
                        .map(step -> lastLook(sides, step))
                        .stream())
                .toList();
    }

    private static LastLookStep lastLook(SyncRule.Sides sides, BackfillStep step) {
        return new LastLookStep(
                "last-look",
                sides.mirrors() ? "see that both names hold the same" : "see that old and new columns hold the same",
                step,
                sides.columns().stream().map(LastLooks::has).reduce(Fact.And::new).orElseThrow());
    }

    private static Fact has(Identifier column) {
        return new Fact.HasColumn(column);
    }
}
