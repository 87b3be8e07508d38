package dev.neap.plan;

import dev.neap.catalog.Answers;
import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.catalog.Answers.Renamed;
import dev.neap.catalog.Answers.Volatility;
import dev.neap.catalog.Column;
import dev.neap.catalog.Constraint;
import dev.neap.catalog.Index;
import dev.neap.catalog.Leaf;
import dev.neap.catalog.Partitions;
import dev.neap.catalog.Publicity;
import dev.neap.catalog.Reference;
import dev.neap.catalog.Reshaped;
import dev.neap.catalog.Retyped;
import dev.neap.catalog.ServerVersion;
import dev.neap.catalog.Snapshot;
import dev.neap.catalog.Surroundings;
import dev.neap.catalog.Surroundings.Belongings;
import dev.neap.catalog.Surroundings.Ownership;
import dev.neap.catalog.Surroundings.Statistics;
import dev.neap.catalog.Table;
import dev.neap.catalog.Trigger;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Describes a table and what PostgreSQL would answer about it, without a server. */
final class Tables {

    private final QualifiedName name;
    private final List<Column> columns = new ArrayList<>();
    private final List<Index> indexes = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private final List<Trigger> triggers = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private final Answers answers = Answers.none();
    private Optional<Partitions> partitions = Optional.empty();
    private Table.Kind kind = Table.Kind.ORDINARY;
    private int version = 170_006;

    private Tables(QualifiedName name) {
        this.name = name;
    }

    static Tables table(String schema, String name) {
        return new Tables(QualifiedName.of(schema, name));
    }

    /** {@code public.users (id bigint PRIMARY KEY, email text)}. */
    static Tables users() {
        return table("public", "users").notNull("id", "bigint").primaryKey("id").column("email", "text");
    }

    Tables column(String column, String type) {
        return column(column, type, false, Column.Origin.PLAIN, Optional.empty());
    }

    Tables notNull(String column, String type) {
        return column(column, type, true, Column.Origin.PLAIN, Optional.empty());
    }

    Tables withDefault(String column, String type, String sql) {
        return column(column, type, false, Column.Origin.PLAIN, Optional.of(sql));
    }

    Tables of(Column.Origin origin, String column, String type) {
        return column(column, type, true, origin, Optional.empty());
    }

    private Tables column(String column, String type, boolean notNull, Column.Origin origin, Optional<String> sql) {
        columns.add(new Column(
                new Identifier(column), columns.size() + 1, type, notNull, sql, origin, Optional.empty()));
        return this;
    }

    Tables primaryKey(String... keys) {
        return index(name.name().value() + "_pkey", true, true, keys);
    }

    Tables unique(String index, String... keys) {
        return index(index, true, false, keys);
    }

    Tables index(String index, boolean unique, boolean primary, String... keys) {
        List<Index.Part> parts = Stream.of(keys)
                .map(key -> new Index.Part(Optional.of(new Identifier(key)), Optional.empty()))
                .toList();
        indexes.add(new Index(new Identifier(index), unique, primary, true, true, false, true, parts, ""));
        return this;
    }

    Tables constraint(Constraint.Kind of, String constraint, String column) {
        constraints.add(
                new Constraint(new Identifier(constraint), of, true, List.of(new Identifier(column)), ""));
        return this;
    }

    Tables beforeUpdateTrigger(String trigger) {
        triggers.add(new Trigger(new Identifier(trigger), true, true, true, true, ""));
        return this;
    }

    Tables viewOn(String column) {
        references.add(new Reference(
                Reference.Kind.VIEW,
                name.sibling(new Identifier("a_view")),
                new Identifier("a_view"),
                List.of(new Identifier(column))));
        return this;
    }

    Tables foreignKeyOn(String column) {
        references.add(new Reference(
                Reference.Kind.FOREIGN_KEY,
                name.sibling(new Identifier("orders")),
                new Identifier("orders_fkey"),
                List.of(new Identifier(column))));
        return this;
    }

    /** On another server; {@code server_version_num}. */
    Tables on(int number) {
        version = number;
        return this;
    }

    Tables partitioned() {
        kind = Table.Kind.PARTITIONED;
        return this;
    }

    /** Partitioned by the column, into these. */
    Tables partitioned(String column, Leaf... leaves) {
        partitions = Optional.of(new Partitions(List.of(new Identifier(column)), List.of(leaves), Optional.empty()));
        return partitioned();
    }

    /** A partition of 100 bytes a row. */
    static Leaf leaf(int oid, long rows, String column, double correlation) {
        return new Leaf(
                oid,
                QualifiedName.of("public", "p" + oid),
                rows,
                rows * 100,
                List.of(new Table.Correlation(new Identifier(column), correlation)),
                Optional.empty());
    }

    /** The new column's type, as PostgreSQL calls it, at {@code at.type}; adding it rewrites nothing. */
    Tables typed(String at, String type) {
        answers.types().put(at + ".type", type);
        answers.rewrites().put(at + ".type", false);
        return this;
    }

    Tables rewrites(String at, boolean rewrites) {
        answers.rewrites().put(at, rewrites);
        return this;
    }

    /** An expression that reads the columns and always gives the same. */
    Tables immutable(String at, String... reads) {
        return expression(at, Volatility.IMMUTABLE, true, reads);
    }

    Tables volatileAt(String at, String... reads) {
        return expression(at, Volatility.VOLATILE, true, reads);
    }

    /** An expression of a type without equality. */
    Tables incomparable(String at, String... reads) {
        return expression(at, Volatility.IMMUTABLE, false, reads);
    }

    private Tables expression(String at, Volatility volatility, boolean comparable, String... reads) {
        answers.expressions()
                .put(
                        at,
                        new ExpressionFacts(
                                "text",
                                Stream.of(reads).map(Identifier::new).toList(),
                                volatility,
                                false,
                                comparable));
        return this;
    }

    Tables renamed(String at, Renamed renamed) {
        answers.renamed().put(at, renamed);
        return this;
    }

    /** What it takes to give a column another type; {@code using} and {@code reverse} read the column alone. */
    Tables retyped(String at, String column, Retyped retyped) {
        answers.retyped().put(at, retyped);
        return immutable(at + ".using", column).immutable(at + ".reverse", column);
    }

    /** What it takes to give it another shape, with nothing around it. */
    Tables reshaped(String at, Reshaped reshaped) {
        answers.reshaped().put(at, reshaped);
        answers.surroundings()
                .put(
                        at,
                        new Surroundings(
                                new Ownership("me", true, List.of(), Optional.empty(), false, false, false),
                                List.of(),
                                Publicity.NONE,
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                new Belongings(
                                        List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                                        Optional.empty(), Optional.empty(), new Statistics(List.of(), List.of()),
                                        List.of(), List.of())));
        return this;
    }

    Snapshot snapshot() {
        return new Snapshot(
                new Table(
                        name,
                        1,
                        kind,
                        columns,
                        indexes,
                        constraints,
                        triggers,
                        references,
                        new Table.Shape(1_000, 80_000, 160_000, List.of(), partitions),
                        new ServerVersion(version)),
                answers);
    }
}
