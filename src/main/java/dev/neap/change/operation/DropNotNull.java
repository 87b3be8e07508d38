package dev.neap.change.operation;

import dev.neap.catalog.Column;
import dev.neap.catalog.Constraint;
import dev.neap.catalog.Fact;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.step.DdlStep;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lets a column be NULL. The way back is the long one, by {@link NotNullSteps}, and only while no row is NULL.
 */
public record DropNotNull(Identifier column) implements Operation {

    @Override
    public String keyword() {
        return "drop_not_null";
    }

    @Override
    public Map<String, String> outline() {
        return Map.of("column", column.value());
    }

    @Override
    public List<Probe> probes(String at) {
        return List.of();
    }

    @Override
    public List<Problem> check(Target target) {
        List<Problem> problems = new ArrayList<>(target.mustHave("column", column));
        target.table().column(column).ifPresent(there -> {
            if (!there.notNull()) {
                problems.add(target.problem(
                        "column",
                        "Column %s of table %s may be NULL already.".formatted(column, target.table().name()),
                        "Drop the operation."));
            } else if (isKey(target)) {
                problems.add(target.problem(
                        "column",
                        "Column %s is part of the primary key of table %s.".formatted(column, target.table().name()),
                        "A key can't be NULL; drop the primary key first, with drop_constraint."));
            } else if (there.origin() == Column.Origin.IDENTITY_ALWAYS
                    || there.origin() == Column.Origin.IDENTITY_BY_DEFAULT) {
                problems.add(target.problem(
                        "column",
                        "Column %s of table %s is an identity, which can't be NULL."
                                .formatted(column, target.table().name()),
                        "ALTER COLUMN %s DROP IDENTITY first.".formatted(column)));
            }
        });
        return problems;
    }

    private boolean isKey(Target target) {
        return target.table().indexes().stream().anyMatch(index -> index.primary() && index.uses(column))
                || target.table()
                        .constraints()
                        .stream()
                        .anyMatch(constraint -> constraint.kind() == Constraint.Kind.PRIMARY_KEY
                                && constraint.columns().contains(column));
    }

    @Override
    public Table after(Target target) {
        return target.table()
                .withColumns(target.table()
                        .columns()
                        .stream()
                        .map(there -> there.name().equals(column) ? nullable(there) : there)
                        .toList());
    }

    private static Column nullable(Column column) {
        return new Column(
                column.name(), column.position(), column.type(), false, column.defaultSql(), column.origin(),
                column.collation());
    }

    @Override
    public Parts parts(Target target) {
        Target later = target.with(after(target));
        return Parts.none()
                .expand(DdlStep.catalogOnly(
                        Phase.EXPAND,
                        "drop-not-null",
                        "let " + column + " be NULL",
                        new Fact.IsNotNull(column).negated(),
                        target.alterTable() + " ALTER COLUMN " + column + " DROP NOT NULL")
                        .undoneBy(Undo.by("make " + column + " NOT NULL again", again(later))));
    }

    /** Looked at before anything refuses new NULLs: until the way back is free, code that writes them goes on. */
    private List<DdlStep> again(Target later) {
        List<DdlStep> steps = new ArrayList<>(NotNullSteps.of(later, column));
        steps.set(0, steps.getFirst().unless(new OffendingRows(later.table()).nulls(column)));
        return steps;
    }
}
