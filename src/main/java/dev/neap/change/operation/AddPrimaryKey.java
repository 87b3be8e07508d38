package dev.neap.change.operation;

import dev.neap.catalog.Column;
import dev.neap.catalog.Constraint;
import dev.neap.catalog.Index;
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
 * Adds a primary key: the columns become NOT NULL without a scan that blocks, a unique index is built while everyone reads
 * and writes, and the key takes it over, which then changes the catalog only.
 *
 * @param name the table's with {@code _pkey} if empty, as PostgreSQL would call it
 */
public record AddPrimaryKey(List<Identifier> columns, Optional<Identifier> name) implements Operation {

    public AddPrimaryKey {
        columns = List.copyOf(columns);
    }

    @Override
    public String keyword() {
        return "add_primary_key";
    }

    @Override
    public Map<String, String> outline() {
        Map<String, String> outline = new TreeMap<>(
                Map.of("columns", columns.stream().map(Identifier::sql).collect(Collectors.joining(", "))));
        name.ifPresent(given -> outline.put("name", given.value()));
        return outline;
    }

    private IndexDefinition index() {
        return new IndexDefinition(
                true, columns.stream().map(Identifier::value).toList(), Optional.empty(), List.of(), Optional.empty());
    }

    @Override
    public List<Probe> probes(String at) {
        return List.of(new Probe.NewIndex(at, name.orElse(new Identifier("neap_pkey")), index()));
    }

    @Override
    public List<Neighbour> neighbours(String at, Table table, Names names) {
        return LeafSteps.neighbours(table);
    }

    @Override
    public List<Problem> check(Target target) {
        List<Problem> problems = new ArrayList<>();
        if (LeafSteps.isPartitioned(target.table())) {
            problems.addAll(new LeafSteps(target).mustBeFree(name(target)));
            problems.addAll(new LeafSteps(target).mustHoldThePartitionKey(
                    "columns", columns.stream().map(Identifier::value).toList()));
        }
        if (hasKey(target.table())) {
            problems.add(target.problem(
                    "",
                    "Table %s has a primary key already.".formatted(target.table().name()),
                    "A table has one; drop it first, with drop_constraint."));
        }
        problems.addAll(target.mustNotHaveConstraint("name", name(target)));
        if (target.table().index(name(target)).isPresent()) {
            problems.add(target.problem(
                    "name",
                    "Table %s already has an index %s.".formatted(target.table().name(), name(target)),
                    "Give the key another name."));
        }
        problems.addAll(target.mustHaveEach("columns", columns));
        return problems;
    }

    private static boolean hasKey(Table table) {
        return table.indexes().stream().anyMatch(Index::primary)
                || table.constraints()
                        .stream()
                        .anyMatch(constraint -> constraint.kind() == Constraint.Kind.PRIMARY_KEY);
    }

    private Identifier name(Target target) {
        return name.orElseGet(() -> Identifier.shortened(target.table().name().name().value(), "_pkey"));
    }

    @Override
    public Table after(Target target) {
        return target.tableWith(Constraint.Kind.PRIMARY_KEY, name(target), columns);
    }

    @Override
    public Parts parts(Target target) {
        Parts parts = Parts.none();
        for (Identifier column : columns) {
            if (!target.table().column(column).map(Column::notNull).orElse(false)) {
                parts = parts.constrain(NotNullSteps.of(target, column));
            }
        }
        return parts.constrain(new ConstraintSteps(target, name(target))
                .unless(new OffendingRows(target.table()).duplicates(columns, false))
                .byIndex(
                        "PRIMARY KEY",
                        index().tail(target.table().columnNames()),
                        "",
                        "PRIMARY KEY (" + columns.stream().map(Identifier::sql).collect(Collectors.joining(", "))
                                + ")"));
    }
}
