package dev.neap.change.operation;

import dev.neap.catalog.Answers.Volatility;
import dev.neap.catalog.Column;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.step.BackfillStep.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes a column NOT NULL.
 *
 * @param fill the value for rows that are NULL, and, until the contract, for NULLs that old code still writes; without
 *     it, the change fails if any row is NULL
 */
public record SetNotNull(Identifier column, Optional<String> fill) implements Operation {

    @Override
    public String keyword() {
        return "set_not_null";
    }

    @Override
    public Map<String, String> outline() {
        Map<String, String> outline = new TreeMap<>(Map.of("column", column.value()));
        fill.ifPresent(sql -> outline.put("fill", sql));
        return outline;
    }

    @Override
    public List<Probe> probes(String at) {
        return fill.<List<Probe>>map(
                sql -> List.of(new Probe.Expression(at + ".fill", sql, Optional.of(column))))
                .orElse(List.of());
    }

    @Override
    public List<Problem> check(Target target) {
        List<Problem> problems = new ArrayList<>(target.mustHave("column", column));
        target.table()
                .column(column)
                .filter(Column::notNull)
                .ifPresent(c -> problems.add(target.problem(
                        "column",
                        "Column %s of table %s is NOT NULL already.".formatted(column, target.table().name()),
                        "Drop the operation.")));
        if (fill.isPresent() && problems.isEmpty()) {
            problems.addAll(target.mustFill("fill", column, "Give a constant, or compute it from other columns."));
        }
        return problems;
    }

    @Override
    public Table after(Target target) {
        return target.table();
    }

    @Override
    public Parts parts(Target target) {
        Parts parts = Parts.none().constrain(NotNullSteps.of(target, column));
        if (fill.isEmpty()) {
            return parts;
        }
        String sql = fill.get();
        boolean drawn = target.answers().expression(target.at() + ".fill").volatility() == Volatility.VOLATILE;
        return parts.sync(new SyncRule.FillNull(column, sql))
                .fill(new Fill(new Assignment(column, sql), column + " IS NULL", false))
                .gate("no running code writes NULL into " + column
                        + (drawn ? ", or relies on the value drawn for it" : ""));
    }
}
