package dev.neap.change.operation;

import dev.neap.catalog.Answers.Volatility;
import dev.neap.catalog.Column;
import dev.neap.catalog.Column.Origin;
import dev.neap.catalog.Constraint;
import dev.neap.catalog.Key;
import dev.neap.catalog.Reference;
import dev.neap.catalog.Surroundings;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.change.operation.RestructureTable.NewShape;
import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What stands against giving a table another shape. */
final class RestructureChecks {

    /** Of these, a foreign key compares each with each by way of one index. */
    private static final List<Set<String>> KINDRED = List.of(
            Set.of("smallint", "integer", "bigint"), Set.of("text", "character varying"));

    private final RestructureTable operation;
    private final Target target;
    private final Table table;
    private final Surroundings around;
    private final ReplacementChecks shared;
    private final PublicityChecks publicity;

    RestructureChecks(RestructureTable operation, Target target) {
        this.operation = operation;
        this.target = target;
        this.table = target.table();
        this.around = target.answers().surroundings(target.at());
        this.shared = new ReplacementChecks(target, around);
        this.publicity = new PublicityChecks(target, around);
    }

    List<Problem> problems() {
        List<Problem> first = Stream.of(kind(), named()).flatMap(List::stream).toList();
        return first.isEmpty()
                ? Stream.of(
                        shared.problems(), shared.tablespaces(operation.keeping().tablespace().isEmpty()), retyped(),
                        dropped(), unlogged(), published())
                        .flatMap(List::stream)
                        .toList()
                : first;
    }

    private List<Problem> kind() {
        boolean partitioned = table.kind() == Table.Kind.PARTITIONED;
        if (partitioned && !operation.keeping().inOnePiece()) {
            return List.of(target.problem(
                    "",
                    "Table %s is partitioned, and the new one would not be.".formatted(table.name()),
                    "Say merge_partitions: true if it is to be in one piece; else change its columns in place."));
        }
        if (!partitioned && operation.keeping().inOnePiece()) {
            return List.of(target.problem(
                    "merge_partitions", "Table %s is not partitioned.".formatted(table.name()), "Leave the key out."));
        }
        return new TableChecks(target, around).mustStandAlone();
    }

    /** Each column must be there, and be named once in each place. */
    private List<Problem> named() {
        List<Problem> problems = new ArrayList<>();
        operation.columns().keySet().forEach(name -> problems.addAll(target.mustHave("columns", name)));
        problems.addAll(named("order", operation.order()));
        problems.addAll(named("drop", operation.drop()));
        Stream.concat(operation.columns().keySet().stream(), operation.order().stream())
                .distinct()
                .filter(operation.drop()::contains)
                .map(name -> target.problem(
                        "drop",
                        "Column %s is to go, and has a place in the new shape.".formatted(name),
                        "Leave it out at one of both."))
                .forEach(problems::add);
        operation.fill()
                .keySet()
                .stream()
                .filter(name -> !operation.drop().contains(name))
                .map(name -> target.problem(
                        "fill",
                        "Column %s does not go, so code gives it its values.".formatted(name),
                        "Name it under drop, or leave it out here."))
                .forEach(problems::add);
        return problems;
    }

    private List<Problem> named(String key, List<Identifier> columns) {
        Set<Identifier> seen = new HashSet<>();
        return columns.stream()
                .flatMap(name -> seen.add(name)
                        ? target.mustHave(key, name).stream()
                        : Stream.of(target.problem(
                                key, "Column %s is named twice.".formatted(name), "Name it once.")))
                .toList();
    }

    private List<Problem> retyped() {
        List<Problem> problems = new ArrayList<>();
        operation.columns()
                .keySet()
                .stream()
                .filter(operation::retypes)
                .flatMap(name -> table.column(name).stream())
                .forEach(column -> problems.addAll(retyped(column)));
        return problems;
    }

    private List<Problem> retyped(Column column) {
        Identifier name = column.name();
        String at = "columns." + name.value();
        String type = target.answers().type(target.at() + "." + at + ".type");
        List<Problem> problems = new ArrayList<>(
                target.nothingRefersTo(at, name, Set.of(Reference.Kind.REPLICA_IDENTITY)));
        if (isOfKey(name)) {
            problems.add(target.problem(
                    at,
                    "Column %s is part of the primary key, by which the rows of both tables are told apart."
                            .formatted(name),
                    "Use widen_key for it, in a change of its own."));
        }
        if (column.origin() != Origin.PLAIN) {
            problems.add(target.problem(
                    at,
                    "Column %s is %s.".formatted(
                            name, column.origin() == Origin.GENERATED ? "generated from others" : "an identity"),
                    "Change it in a change of its own."));
        }
        if (type.equals(column.type())) {
            problems.add(target.problem(
                    at + ".type", "Column %s is of type %s already.".formatted(name, type), "Leave the type out."));
        }
        Stream.of("using", "reverse").forEach(key -> problems.addAll(mustAlwaysGiveTheSame(at + "." + key)));
        NewShape shape = operation.columns().getOrDefault(name, NewShape.NONE);
        if (shape.using().isEmpty()) {
            problems.addAll(ChangeType.mustSayZone(target, at + ".using", column, type));
        }
        table.constraints()
                .stream()
                .filter(key -> key.kind() == Constraint.Kind.FOREIGN_KEY && key.columns().contains(name))
                .filter(key -> KINDRED.stream()
                        .noneMatch(kin -> kin.contains(plain(column.type())) && kin.contains(plain(type))))
                .map(key -> target.problem(
                        at,
                        "Column %s is part of foreign key %s, which would compare %s with what it references."
                                .formatted(name, key.name(), type),
                        "Drop the foreign key first, and add one that fits afterwards."))
                .forEach(problems::add);
        return problems;
    }

    private static String plain(String type) {
        return type.replaceFirst("\\(.*", "");
    }

    private boolean isOfKey(Identifier column) {
        return shared.primary().map(Key::names).filter(key -> key.contains(column)).isPresent();
    }

    private List<Problem> mustAlwaysGiveTheSame(String key) {
        return target.answers().expression(target.at() + "." + key).volatility() == Volatility.VOLATILE
                ? List.of(target.problem(
                        key,
                        "The expression is volatile: it may give another value each time, so no row could be verified.",
                        "Write one that always gives the same."))
                : List.of();
    }

    /** Never CASCADE: what depends on a column is its owner's to decide about. */
    private List<Problem> dropped() {
        List<Problem> problems = new ArrayList<>();
        for (Identifier name : operation.drop()) {
            problems.addAll(target.nothingRefersTo("drop", name));
            if (isOfKey(name)) {
                problems.add(target.problem(
                        "drop",
                        "Column %s is part of the primary key, by which the rows of both tables are told apart."
                                .formatted(name),
                        "Give the table another primary key first."));
            }
            table.column(name)
                    .filter(column -> column.origin() == Origin.PLAIN && column.notNull()
                            && column.defaultSql().isEmpty())
                    .filter(column -> !operation.fill().containsKey(name))
                    .map(column -> target.problem(
                            "drop",
                            "Column %s is NOT NULL without a default, and the old table has it until the change is completed."
                                    .formatted(name),
                            "Say under fill what it gets there in new rows: fill: {%s: …}.".formatted(name)))
                    .ifPresent(problems::add);
        }
        return problems;
    }

    private List<Problem> unlogged() {
        List<Problem> problems = new ArrayList<>();
        if (operation.keeping().logged().orElse(true)) {
            return problems;
        }
        if (!around.belongings().incoming().isEmpty()) {
            problems.add(target.problem(
                    "logged",
                    "Table %s is referenced by foreign keys of tables that survive a crash.".formatted(table.name()),
                    "Leave it logged, or drop the foreign keys first."));
        }
        if (publicity.isPublished()) {
            problems.add(target.problem(
                    "logged",
                    "Table %s is in a publication, which takes no table that is not logged.".formatted(table.name()),
                    "Leave it logged, or take it out of the publication first."));
        }
        return problems;
    }

    /** What is sent of rows that are there already was sent once, as it was. */
    private List<Problem> published() {
        List<Problem> problems = new ArrayList<>(publicity.problems());
        if (operation.keeping().inOnePiece()) {
            problems.addAll(publicity.partitions());
        }
        table.columns()
                .stream()
                .filter(column -> column.origin() != Origin.GENERATED)
                .forEach(column -> {
                    if (operation.drop().contains(column.name())) {
                        problems.addAll(publicity.mustNotSend(
                                "drop", column.name(),
                                "subscribers would get no values for new rows, also after a way back"));
                    } else if (operation.retypes(column.name()) && !operation.isFaithful(target, column)) {
                        problems.addAll(publicity.mustNotSend(
                                "columns." + column.name().value(),
                                column.name(),
                                "subscribers would keep the values that it had"));
                    }
                });
        return problems;
    }
}
