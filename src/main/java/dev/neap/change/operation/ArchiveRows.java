package dev.neap.change.operation;

import dev.neap.catalog.Column;
import dev.neap.catalog.Column.Origin;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.RowWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Moves rows into another table: each is deleted here and inserted there by one statement, so it is always in exactly one
 * of the two.
 *
 * @param to where they go
 * @param where which rows
 * @param columns those that are kept; all if empty, but for generated ones that the other table lacks or computes itself
 * @param create whether the other table is made, if it is not there
 */
public record ArchiveRows(QualifiedName to, String where, List<Identifier> columns, boolean create)
        implements
            Operation {

    public ArchiveRows {
        columns = List.copyOf(columns);
    }

    @Override
    public String keyword() {
        return "archive";
    }

    @Override
    public Map<String, String> outline() {
        Map<String, String> outline = new TreeMap<>(Map.of("to", to.sql(), "where", where));
        if (!columns.isEmpty()) {
            outline.put("columns", columns.stream().map(Identifier::sql).collect(Collectors.joining(", ")));
        }
        if (create) {
            outline.put("create", "true");
        }
        return outline;
    }

    @Override
    public List<Probe> probes(String at) {
        return List.of(new Probe.Condition(at + ".where", where), new Probe.NewRows(at + ".to", to, Map.of(), create));
    }

    @Override
    public List<Problem> check(Target target) {
        NewRows rows = new NewRows(target, to);
        List<Problem> problems = new ArrayList<>(target.mustNotBeVolatile("where"));
        columns.forEach(column -> problems.addAll(target.mustHave("columns", column)));
        if (problems.isEmpty()) {
            moved(target).forEach(column -> problems.addAll(rows.mustTake("columns", column)));
            problems.addAll(rows.mustNotMiss(moved(target)));
        }
        return problems;
    }

    @Override
    public Table after(Target target) {
        return target.table();
    }

    @Override
    public Parts parts(Target target) {
        Parts made = new NewRows(target, to).destination().toBeMade()
                ? Parts.none()
                        .expand(new ArchiveTable(target.names().change(), to, target.table(), moved(target)).make())
                : Parts.none();
        return made
                .backfill(new BackfillStep(
                        "archive",
                        "move rows to %s where %s".formatted(to, where),
                        new RowWork.Archive(to, moved(target)),
                        Optional.of(where),
                        target.repeatable("where")));
    }

    private List<Identifier> moved(Target target) {
        if (!columns.isEmpty()) {
            return columns;
        }
        NewRows rows = new NewRows(target, to);
        return target.table()
                .columns()
                .stream()
                .filter(column -> column.origin() != Origin.GENERATED
                        || rows.origin(column.name()).filter(origin -> origin != Origin.GENERATED).isPresent())
                .map(Column::name)
                .toList();
    }
}
