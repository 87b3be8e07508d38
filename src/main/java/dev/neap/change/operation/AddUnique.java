package dev.neap.change.operation;

import dev.neap.catalog.Constraint;
import dev.neap.catalog.IndexDefinition;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Adds a UNIQUE constraint by way of an index that is built while everyone reads and writes.
 *
 * @param include further columns, stored in the index
 * @param nullsNotDistinct whether two NULLs are taken for equal; PostgreSQL 15 and later
 * @param deferral when it is checked, if it may be deferred
 */
public record AddUnique(
        Identifier name,
        List<Identifier> columns,
        List<Identifier> include,
        boolean nullsNotDistinct,
        Optional<Deferral> deferral)
        implements
            Operation {

    public AddUnique {
        columns = List.copyOf(columns);
        include = List.copyOf(include);
    }

    @Override
    public String keyword() {
        return "add_unique";
    }

    @Override
    public Map<String, String> outline() {
        Map<String, String> outline = new TreeMap<>(Map.of("name", name.value(), "columns", sql(columns)));
        if (!include.isEmpty()) {
            outline.put("include", sql(include));
        }
        if (nullsNotDistinct) {
            outline.put("nulls_not_distinct", "true");
        }
        deferral.ifPresent(when -> outline.put("deferrable", when.name().toLowerCase(java.util.Locale.ROOT)));
        return outline;
    }

    private static String sql(List<Identifier> columns) {
        return columns.stream().map(Identifier::sql).collect(Collectors.joining(", "));
    }

    private IndexDefinition index(boolean nulls) {
        return new IndexDefinition(
                true, columns.stream().map(Identifier::value).toList(), Optional.empty(), include, nulls,
                Optional.empty());
    }

    @Override
    public List<Probe> probes(String at) {
        // The version decides about NULLS NOT DISTINCT, which check() says better than PostgreSQL's parser.
        return List.of(new Probe.NewIndex(at, name, index(false)));
    }

    @Override
    public List<Neighbour> neighbours(String at, Table table, Names names) {
        return LeafSteps.neighbours(table);
    }

    @Override
    public List<Problem> check(Target target) {
        List<Problem> problems = new ArrayList<>(target.mustNotHaveConstraint("name", name));
        if (LeafSteps.isPartitioned(target.table())) {
            problems.addAll(new LeafSteps(target).mustBeFree(name));
            problems.addAll(new LeafSteps(target).mustHoldThePartitionKey(
                    "columns", columns.stream().map(Identifier::value).toList()));
        }
        problems.addAll(target.mustHaveEach("columns", columns));
        if (nullsNotDistinct) {
            problems.addAll(target.mustKnowNullsNotDistinct());
        }
        return problems;
    }

    @Override
    public Table after(Target target) {
        return target.tableWith(Constraint.Kind.UNIQUE, name, columns);
    }

    @Override
    public Parts parts(Target target) {
        return Parts.none()
                .constrain(new ConstraintSteps(target, name)
                        .unless(new OffendingRows(target.table()).duplicates(columns, nullsNotDistinct))
                        .byIndex(
                                "UNIQUE",
                                index(nullsNotDistinct).tail(target.table().columnNames()),
                                deferral.map(Deferral::sql).orElse(""),
                                definition()));
    }

    private String definition() {
        return "UNIQUE" + (nullsNotDistinct ? " NULLS NOT DISTINCT" : "") + " (" + sql(columns) + ")"
                + (include.isEmpty() ? "" : " INCLUDE (" + sql(include) + ")");
    }
}
