package dev.neap.change.operation;

import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.catalog.Column;
import dev.neap.catalog.Column.Origin;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Assignment;
import dev.neap.step.BackfillStep.Discipline;
import dev.neap.step.RowWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies rows into another table. What becomes of them here afterwards is not followed.
 *
 * @param to where they go
 * @param where which rows; all if empty
 * @param columns those that are copied under their own name; if empty, all that both tables have, but for generated ones
 *     of the other table
 * @param set columns of the other table, each with SQL over this one's; they go before {@code columns}
 * @param key the unique columns of the other table that tell whether a row is there; its best key if empty
 */
public record CopyRows(
        QualifiedName to,
        Optional<String> where,
        List<Identifier> columns,
        Map<Identifier, String> set,
        OnConflict onConflict,
        List<Identifier> key)
        implements
            Operation {

    /** What is done with a row that the other table has already. */
    public enum OnConflict {
        /** It stays as it is there. */
        NOTHING,
        /** It becomes what it is here. */
        UPDATE,
        /** It is an error of the row; each row is copied exactly once. */
        ERROR
    }

    public CopyRows {
        columns = List.copyOf(columns);
        set = new LinkedHashMap<>(set);
        key = List.copyOf(key);
    }

    @Override
    public String keyword() {
        return "copy";
    }

    @Override
    public Map<String, String> outline() {
        Map<String, String> outline = new TreeMap<>(Map.of("to", to.sql(), "on_conflict", onConflict.name()));
        where.ifPresent(sql -> outline.put("where", sql));
        set.forEach((column, sql) -> outline.put("set." + column.value(), sql));
        if (!columns.isEmpty()) {
            outline.put("columns", list(columns));
        }
        if (!key.isEmpty()) {
            outline.put("key", list(key));
        }
        return outline;
    }

    @Override
    public List<Probe> probes(String at) {
        List<Probe> probes = new ArrayList<>();
        set.forEach((column, sql) -> probes.add(new Probe.Expression(
                at + ".set." + column.value(), sql, Optional.empty())));
        where.ifPresent(sql -> probes.add(new Probe.Condition(at + ".where", sql)));
        probes.add(new Probe.NewRows(at + ".to", to, set, false));
        return probes;
    }

    @Override
    public List<Problem> check(Target target) {
        NewRows rows = new NewRows(target, to);
        List<Problem> problems = new ArrayList<>();
        where.ifPresent(sql -> problems.addAll(target.mustNotBeVolatile("where")));
        columns.forEach(column -> problems.addAll(target.mustHave("columns", column)));
        set.keySet().forEach(column -> problems.addAll(rows.mustLetWrite("set." + column.value(), column)));
        if (!problems.isEmpty()) {
            return problems;
        }
        List<Identifier> written = values(target).stream().map(Assignment::column).toList();
        written.stream()
                .filter(column -> !set.containsKey(column))
                .forEach(column -> problems.addAll(rows.mustTake("columns", column)));
        if (written.isEmpty()) {
            problems.add(target.problem(
                    "to",
                    "Table %s has no column of the same name as one of table %s.".formatted(to, target.table().name()),
                    "Say under set what its columns get."));
        }
        if (problems.isEmpty()) {
            problems.addAll(rows.mustNotMiss(written));
        }
        if (problems.isEmpty()) {
            problems.addAll(
                    onConflict == OnConflict.ERROR ? mustKnowRow(target) : new Upserts(this, target).check(written));
        }
        return problems;
    }

    /** A guard trigger may have to copy a row, before PostgreSQL has computed its generated columns. */
    private List<Problem> mustKnowRow(Target target) {
        List<Problem> problems = new ArrayList<>();
        set.keySet()
                .forEach(column -> problems.addAll(target.mustReadNoGenerated("set." + column.value(),
                        facts(target, column))));
        where.ifPresent(sql -> problems.addAll(
                target.mustReadNoGenerated("where", target.answers().expression(target.at() + ".where"))));
        values(target).stream()
                .map(Assignment::column)
                .filter(column -> !set.containsKey(column))
                .filter(column -> target.table()
                        .column(column)
                        .filter(c -> c.origin() == Origin.GENERATED)
                        .isPresent())
                .map(column -> target.problem(
                        "columns",
                        "Column %s is generated, and a trigger that has to copy a row whose key changes does not know it yet."
                                .formatted(column),
                        "Leave it out, or say on_conflict: nothing."))
                .forEach(problems::add);
        return problems;
    }

    @Override
    public Table after(Target target) {
        return target.table();
    }

    @Override
    public Parts parts(Target target) {
        List<Assignment> values = values(target);
        String title = "copy " + where.map(sql -> "rows where " + sql).orElse("every row") + " to " + to;
        if (onConflict == OnConflict.ERROR) {
            return Parts.none()
                    .backfill(new BackfillStep(
                            "copy", title, new RowWork.Copy(to, values, Optional.empty()), where, Discipline.ONCE));
        }
        Upserts upserts = new Upserts(this, target);
        return Parts.none()
                .backfill(new BackfillStep(
                        "copy",
                        title,
                        new RowWork.Copy(to, values, Optional.of(upserts.upsert(values))),
                        Optional.of(upserts.pending(values)),
                        // Each write to a row makes it differ from its copy, so nobody can wait until none does.
                        Discipline.REPEATABLE));
    }

    ExpressionFacts facts(Target target, Identifier column) {
        return target.answers().expression(target.at() + ".set." + column.value());
    }

    /** In the order of the other table's columns. */
    List<Assignment> values(Target target) {
        Table destination = new NewRows(target, to).destination().table();
        Stream<Assignment> named = columns.stream()
                .filter(column -> !set.containsKey(column))
                .map(column -> new Assignment(column, column.sql()));
        Stream<Assignment> common = destination.columns()
                .stream()
                .filter(column -> set.containsKey(column.name())
                        || (column.origin() != Origin.GENERATED
                                && target.table().column(column.name()).isPresent()))
                .map(Column::name)
                .map(column -> new Assignment(column, set.getOrDefault(column, column.sql())));
        return columns.isEmpty()
                ? common.toList()
                : Stream.concat(named, set.entrySet().stream().map(e -> new Assignment(e.getKey(), e.getValue())))
                        .toList();
    }

    static String list(List<Identifier> columns) {
        return columns.stream().map(Identifier::sql).collect(Collectors.joining(", "));
    }
}
