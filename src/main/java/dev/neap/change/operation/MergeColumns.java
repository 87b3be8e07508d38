package dev.neap.change.operation;

import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes one column of several. Old code goes on with the several, new code uses the one; whichever is written, the other
 * side follows, until the contract drops the several.
 *
 * @param columns the old columns; at least one
 * @param into the new column, made from the old ones
 * @param reverse for each of the old columns, SQL that makes it from the new one
 */
public record MergeColumns(List<Identifier> columns, ComputedColumn into, Map<Identifier, String> reverse)
        implements
            Operation {

    public MergeColumns {
        columns = List.copyOf(columns);
        reverse = new LinkedHashMap<>(reverse);
    }

    @Override
    public String keyword() {
        return "merge_columns";
    }

    @Override
    public Map<String, String> outline() {
        return new TreeMap<>(Map.of(
                "columns", columns.stream().map(Identifier::sql).collect(Collectors.joining(", ")),
                "into", into.outline(),
                "reverse", reverse.entrySet()
                        .stream()
                        .map(entry -> entry.getKey() + " = " + entry.getValue())
                        .sorted()
                        .collect(Collectors.joining("; "))));
    }

    private ColumnSides sides() {
        return new ColumnSides(
                columns.stream()
                        .filter(reverse::containsKey)
                        .map(column -> new ColumnSides.Old(
                                column, "columns", reverse.getOrDefault(column, ""), "reverse." + column.value()))
                        .toList(),
                List.of(new ColumnSides.New(into, "into")));
    }

    @Override
    public List<Probe> probes(String at) {
        return sides().probes(at);
    }

    @Override
    public List<Problem> check(Target target) {
        List<Problem> problems = new ArrayList<>(sides().check(target));
        columns.stream()
                .filter(column -> !reverse.containsKey(column))
                .map(column -> target.problem(
                        "reverse",
                        "Nothing says how column %s is made from %s.".formatted(column, into.name()),
                        "Write it under reverse: without it old code could not read what new code writes."))
                .forEach(problems::add);
        reverse.keySet()
                .stream()
                .filter(column -> !columns.contains(column))
                .map(column -> target.problem(
                        "reverse",
                        "Column %s is not one of those that are merged.".formatted(column),
                        "Name it under columns too, or leave it out."))
                .forEach(problems::add);
        return problems;
    }

    @Override
    public Table after(Target target) {
        return sides().after(target);
    }

    @Override
    public Parts parts(Target target) {
        return sides().parts(target);
    }
}
