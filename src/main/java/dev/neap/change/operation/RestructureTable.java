package dev.neap.change.operation;

import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.catalog.Column;
import dev.neap.catalog.Key;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Reshaped;
import dev.neap.catalog.Surroundings;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.step.Correspondence;
import dev.neap.step.Correspondence.Alike;
import dev.neap.step.Correspondence.Gone;
import dev.neap.step.Correspondence.Link;
import dev.neap.step.Correspondence.Recipe;
import dev.neap.step.Correspondence.Retyped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Gives a table another shape while it is in use, in one pass over its rows: other types, another order of its columns,
 * fewer of them, another way to keep them.
 *
 * @param columns those that become other ones
 * @param order the columns that come first; the others follow as they are
 * @param drop the columns that go
 * @param fill of those, what new rows get in the table of old as long as it is kept
 * @param keeping how its rows are kept, where that is to change
 */
public record RestructureTable(
        Map<Identifier, NewShape> columns,
        List<Identifier> order,
        List<Identifier> drop,
        Map<Identifier, String> fill,
        Keeping keeping)
        implements
            Operation {

    /**
     * What becomes of a column.
     *
     * @param type its new one, as it would stand in SQL
     * @param using SQL over the table's columns that makes the new value; empty for a plain cast
     * @param reverse SQL over the new table's columns that makes the old value; empty for a plain cast
     * @param storage as ALTER COLUMN SET STORAGE has it
     * @param compression as ALTER COLUMN SET COMPRESSION has it
     */
    public record NewShape(
            Optional<String> type,
            Optional<String> using,
            Optional<String> reverse,
            Optional<String> storage,
            Optional<String> compression) {

        /** It stays as it is. */
        static final NewShape NONE = new NewShape(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * How rows are kept; what is empty stays as it is.
     *
     * @param with storage parameters
     * @param logged whether they survive a crash
     * @param inOnePiece whether partitions are put together
     */
    public record Keeping(
            Map<String, String> with,
            Optional<Identifier> tablespace,
            Optional<Boolean> logged,
            boolean inOnePiece) {
        public Keeping {
            with = new LinkedHashMap<>(with);
        }
    }

    public RestructureTable {
        columns = new LinkedHashMap<>(columns);
        order = List.copyOf(order);
        drop = List.copyOf(drop);
        fill = new LinkedHashMap<>(fill);
    }

    @Override
    public String keyword() {
        return "restructure_table";
    }

    @Override
    public Map<String, String> outline() {
        Map<String, String> outline = new TreeMap<>();
        columns.forEach((name, shape) -> {
            String at = "columns." + name.value() + ".";
            shape.type().ifPresent(type -> outline.put(at + "type", type));
            shape.using().ifPresent(sql -> outline.put(at + "using", sql));
            shape.reverse().ifPresent(sql -> outline.put(at + "reverse", sql));
            shape.storage().ifPresent(storage -> outline.put(at + "storage", storage));
            shape.compression().ifPresent(compression -> outline.put(at + "compression", compression));
        });
        if (!order.isEmpty()) {
            outline.put("order", Mirroring.list(order, Identifier::sql));
        }
        if (!drop.isEmpty()) {
            outline.put("drop", Mirroring.list(drop, Identifier::sql));
        }
        fill.forEach((column, sql) -> outline.put("fill." + column.value(), sql));
        keeping.with().forEach((option, value) -> outline.put("with." + option, value));
        keeping.tablespace().ifPresent(tablespace -> outline.put("tablespace", tablespace.value()));
        keeping.logged().ifPresent(logged -> outline.put("logged", logged.toString()));
        if (keeping.inOnePiece()) {
            outline.put("merge_partitions", "true");
        }
        return outline;
    }

    /** None without the names. */
    @Override
    public List<Probe> probes(String at) {
        return List.of();
    }

    @Override
    public List<Probe> probes(String at, Names names) {
        List<Probe.Retype> retyped = new ArrayList<>();
        remaining().forEach((name, shape) -> shape.type()
                .ifPresent(type -> retyped.add(new Probe.Retype(
                        at(at, name),
                        name,
                        new Probe.NewType(type, Optional.empty(), shape.using(), shape.reverse()),
                        names.successor(name),
                        names.predecessor(name)))));
        List<Probe.Leaving> gone = drop.stream()
                .distinct()
                .map(name -> new Probe.Leaving(name, Optional.ofNullable(fill.get(name)), names.predecessor(name)))
                .toList();
        return List.of(new Probe.Around(at, List.of()), new Probe.Reshape(at, retyped, gone, actions(at)));
    }

    private List<Probe.Action> actions(String at) {
        List<Probe.Action> actions = new ArrayList<>();
        remaining().forEach((name, shape) -> {
            shape.storage()
                    .ifPresent(storage -> actions.add(new Probe.Action(
                            at(at, name) + ".storage", "ALTER COLUMN %s SET STORAGE %s".formatted(name, storage))));
            shape.compression()
                    .ifPresent(method -> actions.add(new Probe.Action(
                            at(at, name) + ".compression",
                            "ALTER COLUMN %s SET COMPRESSION %s".formatted(name, method))));
        });
        keeping.with()
                .forEach((option, value) -> actions.add(new Probe.Action(
                        at + ".with." + option, "SET (%s = %s)".formatted(option, Literal.of(value)))));
        keeping.tablespace()
                .ifPresent(tablespace -> actions.add(
                        new Probe.Action(at + ".tablespace", "SET TABLESPACE " + tablespace)));
        return actions;
    }

    /** Of a column that is to go as well, the checks complain. */
    private Map<Identifier, NewShape> remaining() {
        Map<Identifier, NewShape> remaining = new LinkedHashMap<>(columns);
        remaining.keySet().removeAll(drop);
        return remaining;
    }

    private static String at(String at, Identifier column) {
        return at + ".columns." + column.value();
    }

    @Override
    public boolean isAlone() {
        return true;
    }

    @Override
    public List<Problem> check(Target target) {
        return new RestructureChecks(this, target).problems();
    }

    @Override
    public Table after(Target target) {
        return target.table();
    }

    /** Whether the column becomes one of another type. */
    boolean retypes(Identifier column) {
        return columns.getOrDefault(column, NewShape.NONE).type().isPresent();
    }

    @Override
    public Parts parts(Target target) {
        Reshaped shape = target.answers().reshaped(target.at());
        Set<Identifier> keys = new HashSet<>();
        target.table()
                .constraints()
                .stream()
                .filter(constraint -> constraint.columns().stream().anyMatch(drop::contains))
                .forEach(constraint -> keys.add(constraint.name()));
        Surroundings around = target.answers()
                .surroundings(target.at())
                .without(Set.copyOf(drop), keys, shape.statistics());
        return new Replacement(
                new Successor(
                        target,
                        around,
                        rows(target),
                        new Reshaping(shape, order, drop, keeping, lost(target))))
                .parts()
                .gate("everything works with the new shape of the table, and nobody wants the old one back");
    }

    /** What is computed can be computed again, and what was only put another way is still there. */
    private List<String> lost(Target target) {
        return Successor.written(target.table())
                .stream()
                .flatMap(name -> target.table().column(name).stream())
                .flatMap(column -> drop.contains(column.name())
                        ? Stream.of("the values of column %s are gone with the old table".formatted(column.name()))
                        : Stream.of(column)
                                .filter(old -> retypes(old.name()) && !isFaithful(target, old))
                                .map(old -> "the values that column %s had as %s are gone, and what was made of them is left"
                                        .formatted(old.name(), old.type())))
                .toList();
    }

    /** Whether the new value of a column is the old one, written in another way. */
    boolean isFaithful(Target target, Column old) {
        return new FaithfulCast(old.name(), old.type(), target.answers().type(at(target.at(), old.name()) + ".type"))
                .by(columns.getOrDefault(old.name(), NewShape.NONE).using());
    }

    private Correspondence rows(Target target) {
        List<Identifier> key = Key.of(target.table()).orElseThrow().names();
        List<Identifier> byText = Successor.byText(target, key);
        List<Link> links = Successor.written(target.table())
                .stream()
                .flatMap(column -> drop.contains(column)
                        ? Stream.ofNullable(fill.get(column)).<Link>map(sql -> new Gone(column, sql))
                        : Stream.of(retypes(column)
                                ? retyped(target, column)
                                : new Alike(column, byText.contains(column))))
                .toList();
        return new Correspondence(links, key);
    }

    private Link retyped(Target target, Identifier column) {
        String at = at(target.at(), column);
        NewShape shape = columns.getOrDefault(column, NewShape.NONE);
        String old = target.table().column(column).map(Column::type).orElseThrow();
        return new Retyped(
                column,
                recipe(target, at + ".using", shape.using().orElse(column.sql()), target.answers().type(at + ".type")),
                recipe(target, at + ".reverse", shape.reverse().orElse(column.sql()), old));
    }

    private static Recipe recipe(Target target, String at, String sql, String type) {
        ExpressionFacts facts = target.answers().expression(at);
        return new Recipe(type, sql, facts.columns(), !facts.comparable());
    }
}
