package dev.neap.change.operation;

import dev.neap.catalog.Constraint;
import dev.neap.catalog.Index;
import dev.neap.catalog.IndexDefinition;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Adds a foreign key: at first for rows that are written from now on, then, once no row is an orphan, for all.
 *
 * @param columns of the change's table
 * @param effects what becomes of rows whose referenced row changes or goes
 * @param deferral when it is checked, if it may be deferred
 * @param index the index on the columns that is built first; empty: none is
 */
public record AddForeignKey(
        Identifier name,
        List<Identifier> columns,
        References references,
        Effects effects,
        Optional<Deferral> deferral,
        Optional<NewIndex> index)
        implements
            Operation {

    public AddForeignKey {
        columns = List.copyOf(columns);
    }

    /** What is referenced; as many columns as refer to them. */
    public record References(QualifiedName table, List<Identifier> columns) {
        public References {
            columns = List.copyOf(columns);
        }
    }

    /** What becomes of rows whose referenced row changes or goes. */
    public record Effects(Optional<Effect> onDelete, Optional<Effect> onUpdate) {}

    /** What becomes of a row. */
    public enum Effect {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT;

        private String sql() {
            return name().replace('_', ' ');
        }

        private String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** An index on the referencing columns; named after them if empty. */
    public record NewIndex(Optional<Identifier> name) {}

    @Override
    public String keyword() {
        return "add_foreign_key";
    }

    @Override
    public Map<String, String> outline() {
        Map<String, String> outline = new TreeMap<>(Map.of(
                "name", name.value(), "columns", sql(columns), "references",
                references.table().sql() + " (" + sql(references.columns()) + ")"));
        effects.onDelete().ifPresent(effect -> outline.put("on_delete", effect.word()));
        effects.onUpdate().ifPresent(effect -> outline.put("on_update", effect.word()));
        deferral.ifPresent(when -> outline.put("deferrable", when.name().toLowerCase(java.util.Locale.ROOT)));
        index.ifPresent(wanted -> outline.put("index", wanted.name().map(Identifier::value).orElse("true")));
        return outline;
    }

    private static String sql(List<Identifier> columns) {
        return columns.stream().map(Identifier::sql).collect(Collectors.joining(", "));
    }

    private String definition(String table) {
        return "FOREIGN KEY (" + sql(columns) + ") REFERENCES " + table + " (" + sql(references.columns()) + ")"
                + effects.onUpdate().map(effect -> " ON UPDATE " + effect.sql()).orElse("")
                + effects.onDelete().map(effect -> " ON DELETE " + effect.sql()).orElse("")
                + deferral.map(Deferral::sql).orElse("");
    }

    @Override
    public List<Probe> probes(String at) {
        List<Probe> probes = new ArrayList<>();
        if (columns.size() == references.columns().size()) {
            probes.add(new Probe.NewForeignKey(
                    at, references.table(), references.columns(), definition(Probe.NewForeignKey.REFERENCED)));
        }
        index.ifPresent(wanted -> probes.add(
                new Probe.NewIndex(at + ".index", wanted.name().orElse(new Identifier("neap_index")), definition())));
        return probes;
    }

    private IndexDefinition definition() {
        return new IndexDefinition(
                false, columns.stream().map(Identifier::value).toList(), Optional.empty(), List.of(), Optional.empty());
    }

    @Override
    public List<Neighbour> neighbours(String at, Table table, Names names) {
        return LeafSteps.neighbours(table);
    }

    @Override
    public List<Problem> check(Target target) {
        List<Problem> problems = new ArrayList<>(target.mustNotHaveConstraint("name", name));
        problems.addAll(target.mustHaveEach("columns", columns));
        if (columns.size() != references.columns().size()) {
            problems.add(target.problem(
                    "references",
                    "%d columns can't refer to %d.".formatted(columns.size(), references.columns().size()),
                    "Name as many columns there as here, in the same order."));
        }
        if (LeafSteps.isPartitioned(target.table())) {
            index.ifPresent(wanted -> problems.addAll(new LeafSteps(target).mustBeFree(indexName(target))));
        }
        if (index.isPresent() && isIndexed(target.table())) {
            problems.add(target.problem(
                    "index",
                    "Table %s has an index that begins with (%s) already."
                            .formatted(target.table().name(), sql(columns)),
                    "Leave index out."));
        } else if (index.isPresent() && target.table().index(indexName(target)).isPresent()) {
            problems.add(target.problem(
                    "index",
                    "Table %s already has an index %s, of another kind."
                            .formatted(target.table().name(), indexName(target)),
                    "Give the new one another name."));
        }
        return problems;
    }

    /** Whether an index begins with the columns, in any order. */
    public boolean isIndexed(Table table) {
        return table.indexes()
                .stream()
                .filter(there -> there.valid() && !there.partial() && there.keys().size() >= columns.size())
                .anyMatch(there -> new HashSet<>(columns).equals(leading(there)));
    }

    private HashSet<Identifier> leading(Index there) {
        HashSet<Identifier> leading = new HashSet<>();
        there.keys()
                .subList(0, columns.size())
                .forEach(part -> part.column().ifPresent(leading::add));
        return leading;
    }

    @Override
    public Table after(Target target) {
        return target.tableWith(Constraint.Kind.FOREIGN_KEY, name, columns);
    }

    @Override
    public Parts parts(Target target) {
        Parts parts = Parts.none();
        if (index.isPresent()) {
            String tail = definition().tail(target.table().columnNames());
            parts = parts.constrain(new IndexSteps(indexName(target), false, tail, List.of()).of(target));
        }
        ConstraintSteps steps = new ConstraintSteps(target, name)
                .referencing(references.table())
                .unless(new OffendingRows(target.table()).orphans(columns, references, false));
        return parts.constrain(steps.foreignKey(definition(references.table().sql())));
    }

    private Identifier indexName(Target target) {
        return index.flatMap(NewIndex::name)
                .orElseGet(() -> Identifier.shortened(
                        target.table().name().name().value() + "_"
                                + columns.stream().map(Identifier::value).collect(Collectors.joining("_")),
                        "_idx"));
    }
}
