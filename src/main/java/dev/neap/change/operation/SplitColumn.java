package dev.neap.change.operation;

import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes several columns of one. Old code goes on with the one, new code uses the several; whichever is written, the other
 * side follows, until the contract drops the one.
 *
 * @param into the new columns, made from the old one; at least one
 * @param reverse SQL that makes the old column from the new ones
 */
public record SplitColumn(Identifier column, List<ComputedColumn> into, String reverse) implements Operation {

    public SplitColumn {
        into = List.copyOf(into);
    }

    @Override
    public String keyword() {
        return "split_column";
    }

    @Override
    public Map<String, String> outline() {
        return new TreeMap<>(Map.of(
                "column", column.value(),
                "into", into.stream().map(ComputedColumn::outline).collect(Collectors.joining("; ")),
                "reverse", reverse));
    }

    private ColumnSides sides() {
        return new ColumnSides(
                List.of(new ColumnSides.Old(column, "column", reverse, "reverse")),
                IntStream.range(0, into.size())
                        .mapToObj(i -> new ColumnSides.New(into.get(i), "into[" + i + "]"))
                        .toList());
    }

    @Override
    public List<Probe> probes(String at) {
        return sides().probes(at);
    }

    @Override
    public List<Problem> check(Target target) {
        return sides().check(target);
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
