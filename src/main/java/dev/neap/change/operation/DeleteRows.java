package dev.neap.change.operation;

import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.step.BackfillStep;
import dev.neap.step.RowWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deletes rows, and verifies that none is left of those that were there when it began. Nothing brings them back.
 *
 * @param where which rows
 */
public record DeleteRows(String where) implements Operation {

    @Override
    public String keyword() {
        return "delete";
    }

    @Override
    public Map<String, String> outline() {
        return Map.of("where", where);
    }

    @Override
    public List<Probe> probes(String at) {
        return List.of(new Probe.Condition(at + ".where", where));
    }

    @Override
    public List<Problem> check(Target target) {
        return target.mustNotBeVolatile("where");
    }

    @Override
    public Table after(Target target) {
        return target.table();
    }

    @Override
    public Parts parts(Target target) {
        return Parts.none()
                .backfill(new BackfillStep(
                        "delete",
                        "delete rows where " + where,
                        new RowWork.Delete(),
                        Optional.of(where),
                        target.repeatable("where")));
    }
}
