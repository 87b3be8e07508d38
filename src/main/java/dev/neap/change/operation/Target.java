package dev.neap.change.operation;

import dev.neap.catalog.Answers;
import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.catalog.Answers.Volatility;
import dev.neap.catalog.Column;
import dev.neap.catalog.Constraint;
import dev.neap.catalog.IndexDefinition;
import dev.neap.catalog.Reference;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.step.BackfillStep.Discipline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an operation is planned against.
 *
 * @param at the operation's path in the file
 * @param table as the operations before it leave it
 * @param answers to all probes of the change
 * @param names for what Neap creates
 * @param neighbours tables that have to change with it, as they were
 */
public record Target(String at, Table table, Answers answers, Names names, List<Table> neighbours) {

    public Target {
        neighbours = List.copyOf(neighbours);
    }

    /** The same on another table. */
    Target on(Table other) {
        return new Target(at, other, answers, names.on(other.name()), neighbours);
    }

    /** The same table as it will be. */
    Target with(Table later) {
        return new Target(at, later, answers, names, neighbours);
    }

    /** {@code ALTER TABLE public.users}, to be followed by an action. */
    String alterTable() {
        return "ALTER TABLE " + table.name().sql();
    }

    /** Whether the operation stands under {@code contract}. */
    boolean inContract() {
        return at.startsWith("contract[");
    }

    /** {@code COMMENT ON CONSTRAINT …}, if there is something to say. */
    List<String> commentOn(Identifier constraint, Optional<String> text) {
        return text.map(words -> "COMMENT ON CONSTRAINT " + constraint + " ON " + table.name() + " IS "
                + Literal.of(words))
                .stream()
                .toList();
    }

    Problem problem(String key, String fact, String remedy) {
        return new Problem(key.isEmpty() ? at : at + "." + key, fact, remedy);
    }

    /** The one problem of a column that is not there; empty if it is. */
    List<Problem> mustHave(String key, Identifier column) {
        if (table.column(column).isPresent()) {
            return List.of();
        }
        return List.of(problem(
                key,
                "Table %s has no column %s.".formatted(table.name(), column),
                Nearest.of(column.value(), table.columnNames().stream().map(Identifier::value).toList())
                        .map(near -> "Did you mean " + new Identifier(near) + "?")
                        .orElse("Its columns are " + columnList() + ".")));
    }

    /** The one problem of a column that is there already; empty if it is not. */
    List<Problem> mustNotHave(String key, Identifier column) {
        if (table.column(column).isEmpty()) {
            return List.of();
        }
        return List.of(problem(
                key,
                "Table %s already has a column %s.".formatted(table.name(), column),
                "Choose another name, or drop the operation if the column is what you want."));
    }

    /** The problems of columns that are not there, or are named twice. */
    List<Problem> mustHaveEach(String key, List<Identifier> columns) {
        List<Problem> problems = new ArrayList<>();
        columns.stream().distinct().forEach(column -> problems.addAll(mustHave(key, column)));
        if (columns.stream().distinct().count() < columns.size()) {
            problems.add(problem(key, "A column is named twice.", "Name each column once."));
        }
        return problems;
    }

    /** The one problem of a constraint's name that is taken; empty if it is free. */
    List<Problem> mustNotHaveConstraint(String key, Identifier constraint) {
        return table.constraint(constraint)
                .map(there -> problem(
                        key,
                        "Table %s already has a constraint %s: %s."
                                .formatted(table.name(), constraint, there.definition()),
                        "Choose another name, or drop the operation if the constraint is what you want."))
                .stream()
                .toList();
    }

    /** The one problem of building an index on a partitioned table. */
    List<Problem> mustNotBePartitioned() {
        return table.kind() == Table.Kind.PARTITIONED
                ? List.of(problem(
                        "",
                        "Table %s is partitioned, and PostgreSQL builds no index on it concurrently."
                                .formatted(table.name()),
                        "Create the index on each partition with a change of its own."))
                : List.of();
    }

    /** The one problem of a server that is too old for NULLS NOT DISTINCT; empty if it is not. */
    List<Problem> mustKnowNullsNotDistinct() {
        return table.server().major() < IndexDefinition.NULLS_NOT_DISTINCT_SINCE
                ? List.of(problem(
                        "nulls_not_distinct",
                        "PostgreSQL %s can't take NULLs for equal.".formatted(table.server()),
                        "Upgrade to version %d, or make the columns NOT NULL."
                                .formatted(IndexDefinition.NULLS_NOT_DISTINCT_SINCE)))
                : List.of();
    }

    /** The table with one more constraint, for the operations after this one. */
    Table tableWith(Constraint.Kind kind, Identifier name, List<Identifier> columns) {
        return table.withConstraints(Stream.concat(
                table.constraints().stream(), Stream.of(new Constraint(name, kind, true, columns, "new")))
                .toList());
    }

    /** Problems of an expression that a trigger has to compute, before PostgreSQL has computed the generated columns. */
    List<Problem> mustReadNoGenerated(String key, ExpressionFacts facts) {
        return facts.columns()
                .stream()
                .filter(name -> table.column(name)
                        .filter(column -> column.origin() == Column.Origin.GENERATED)
                        .isPresent())
                .map(name -> problem(
                        key,
                        "Column %s is generated, and PostgreSQL computes it only after the triggers that keep new rows right."
                                .formatted(name),
                        "Compute the value from the columns that %s is made of.".formatted(name)))
                .toList();
    }

    /**
     * Problems of an expression by which a trigger has to fill a column that is NULL.
     *
     * @param remedy if it reads that column
     */
    List<Problem> mustFill(String key, Identifier column, String remedy) {
        ExpressionFacts facts = answers.expression(at + "." + key);
        List<Problem> problems = new ArrayList<>();
        if (facts.columns().contains(column)) {
            problems.add(problem(
                    key,
                    "The %s for column %s reads the column itself, which is NULL wherever it is needed."
                            .formatted(key, column),
                    remedy));
        }
        problems.addAll(mustReadNoGenerated(key, facts));
        return problems;
    }

    /** The one problem of a condition that may choose other rows each time; empty if it does not. */
    List<Problem> mustNotBeVolatile(String key) {
        return answers.expression(at + "." + key).volatility() == Volatility.VOLATILE
                ? List.of(problem(
                        key,
                        "The condition is volatile: it may choose other rows each time.",
                        "Choose the rows by their columns."))
                : List.of();
    }

    /** How rows are worked on that a condition chooses, if working on one again does no harm. */
    Discipline repeatable(String key) {
        return answers.expression(at + "." + key).volatility() == Volatility.IMMUTABLE
                ? Discipline.CONVERGENT
                : Discipline.REPEATABLE;
    }

    /** Problems of whatever would keep a column from being dropped. */
    List<Problem> nothingRefersTo(String key, Identifier column) {
        return nothingRefersTo(key, column, Set.of());
    }

    /** The same where some of it is made anew for another column. */
    List<Problem> nothingRefersTo(String key, Identifier column, Set<Reference.Kind> carried) {
        return table.references()
                .stream()
                .filter(reference -> reference.columns().contains(column) && !carried.contains(reference.kind()))
                .map(reference -> switch (reference.kind()) {
                    case VIEW -> problem(
                            key,
                            "View %s uses column %s.".formatted(reference.holder(), column),
                            "Replace the view so that it does without the column, then run the change.");
                    case FOREIGN_KEY -> problem(
                            key,
                            "Foreign key %s of table %s references column %s."
                                    .formatted(reference.name(), reference.holder(), column),
                            "Drop the foreign key or point it elsewhere first.");
                    case POLICY -> problem(
                            key,
                            "Policy %s uses column %s.".formatted(reference.name(), column),
                            "Replace the policy so that it does without the column, then run the change.");
                    case TRIGGER -> problem(
                            key,
                            "Trigger %s names column %s.".formatted(reference.name(), column),
                            "Replace the trigger so that it does without the column, then run the change.");
                    case GENERATED_COLUMN -> problem(
                            key,
                            "Column %s is generated from column %s.".formatted(reference.name(), column),
                            "Drop the generated column first.");
                    case REPLICA_IDENTITY -> problem(
                            key,
                            "Index %s, the replica identity of table %s, uses column %s and would go with it."
                                    .formatted(reference.name(), table.name(), column),
                            "ALTER TABLE %s REPLICA IDENTITY USING INDEX … with another one (or DEFAULT, or FULL) first."
                                    .formatted(table.name()));
                    case FUNCTION -> problem(
                            key,
                            "Function %s uses column %s.".formatted(reference.holder(), column),
                            "Replace the function so that it does without the column, then run the change.");
                    case PUBLICATION -> problem(
                            key,
                            "Publication %s names column %s.".formatted(reference.name(), column),
                            "ALTER PUBLICATION … SET TABLE without it first, and the subscribers before that.");
                })
                .toList();
    }

    private String columnList() {
        List<String> names = table.columnNames().stream().map(Identifier::sql).toList();
        return names.size() <= 12 ? String.join(", ", names) : String.join(", ", names.subList(0, 12)) + ", …";
    }
}
