package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.catalog.IndexDefinition;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Offenders;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Builds an index while everyone reads and writes. It is built after the backfill: an index on a column that is being
 * filled made the backfill 1.7 times slower.
 */
public record CreateIndex(Identifier name, IndexDefinition definition) implements Operation {

    @Override
    public String keyword() {
        return "create_index";
    }

    @Override
    public Map<String, String> outline() {
        Map<String, String> outline = new TreeMap<>(Map.of("name", name.value()));
        outline.put("columns", String.join(", ", definition.elements()));
        outline.put("unique", String.valueOf(definition.unique()));
        definition.using().ifPresent(method -> outline.put("using", method.value()));
        if (!definition.include().isEmpty()) {
            outline.put("include",
                    definition.include().stream().map(Identifier::sql).collect(Collectors.joining(", ")));
        }
        if (definition.nullsNotDistinct()) {
            outline.put("nulls_not_distinct", "true");
        }
        definition.where().ifPresent(sql -> outline.put("where", sql));
        return outline;
    }

    @Override
    public List<Probe> probes(String at) {
        return List.of(new Probe.NewIndex(at, name, definition));
    }

    @Override
    public List<Neighbour> neighbours(String at, Table table, Names names) {
        return LeafSteps.neighbours(table);
    }

    @Override
    public List<Problem> check(Target target) {
        List<Problem> problems = new ArrayList<>();
        if (LeafSteps.isPartitioned(target.table())) {
            problems.addAll(new LeafSteps(target).mustBeFree(name));
            if (definition.unique()) {
                problems.addAll(new LeafSteps(target).mustHoldThePartitionKey("columns", definition.elements()));
            }
        }
        if (target.table().index(name).isPresent()) {
            problems.add(target.problem(
                    "name",
                    "Table %s already has an index %s.".formatted(target.table().name(), name),
                    "Choose another name, or drop the operation if the index is what you want."));
        }
        return problems;
    }

    @Override
    public Table after(Target target) {
        return target.table();
    }

    @Override
    public Parts parts(Target target) {
        String tail = definition.tail(target.table().columnNames());
        List<DdlStep> steps = new ArrayList<>(
                new IndexSteps(name, definition.unique(), tail, List.of()).of(target));
        offenders(target.table()).ifPresent(rows -> steps.set(0, steps.getFirst().unless(rows)));
        return Parts.none().constrain(steps);
    }

    /** Only where it is plain which rows may not be equal. */
    private Optional<Offenders> offenders(Table table) {
        List<Identifier> columns = table.columnNames()
                .stream()
                .filter(column -> definition.elements().contains(column.value()))
                .toList();
        return definition.unique()
                && definition.where().isEmpty()
                && columns.size() == definition.elements().size()
                        ? Optional.of(new OffendingRows(table).duplicates(columns, definition.nullsNotDistinct()))
                        : Optional.empty();
    }

    /** One concurrent build; shared with operations that make an index again. */
    static DdlStep build(Target target, Identifier name, boolean unique, String tail) {
        return build(target, name, unique, tail, List.of());
    }

    /** With statements that give it what its definition does not tell. */
    static DdlStep build(Target target, Identifier name, boolean unique, String tail, List<String> settings) {
        QualifiedName qualified = target.table().name().sibling(name);
        List<String> sql = new ArrayList<>();
        sql.add("CREATE " + (unique ? "UNIQUE " : "") + "INDEX CONCURRENTLY " + name + " ON " + target.table().name()
                + " " + tail);
        sql.addAll(settings);
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "create-index",
                "build " + (unique ? "unique " : "") + "index " + name,
                new Fact.HasValidIndex(name),
                sql.toArray(String[]::new))
                .under(Lock.SHARE_UPDATE_EXCLUSIVE, Work.INDEX_BUILD)
                .undoneBy(new Undo(
                        "drop index " + name,
                        List.of("DROP INDEX CONCURRENTLY " + qualified),
                        Lock.SHARE_UPDATE_EXCLUSIVE,
                        Conduct.CONCURRENT,
                        new Fact.HasIndex(name).negated()))
                .concurrently(name);
    }
}
