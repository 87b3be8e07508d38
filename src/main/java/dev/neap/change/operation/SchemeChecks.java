package dev.neap.change.operation;

import dev.neap.catalog.Column;
import dev.neap.catalog.Column.Origin;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.change.operation.PartitionBound.Named;
import dev.neap.change.operation.PartitionScheme.Method;
import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What stands against the partitions that a change file asks for. */
final class SchemeChecks {

    private final PartitionTable operation;
    private final PartitionScheme scheme;
    private final Target target;
    private final Table table;

    SchemeChecks(PartitionTable operation, Target target) {
        this.operation = operation;
        this.scheme = operation.scheme();
        this.target = target;
        this.table = target.table();
    }

    List<Problem> problems() {
        return Stream.concat(columns().stream(), partitions().stream()).toList();
    }

    private List<Problem> columns() {
        List<Problem> problems = new ArrayList<>();
        operation.primaryKey().forEach(column -> problems.addAll(target.mustHave("primary_key", column)));
        for (Identifier name : scheme.key()) {
            problems.addAll(target.mustHave("key", name));
            table.column(name)
                    .filter(column -> column.origin() == Origin.GENERATED)
                    .ifPresent(column -> problems.add(
                            target.problem(
                                    "key",
                                    "Column %s is generated, and can't decide where a row goes.".formatted(name),
                                    "Choose one of the columns that it is made of.")));
            table.column(name)
                    .filter(column -> !column.notNull())
                    .ifPresent(column -> problems.add(target.problem(
                            "key",
                            "Column %s is to be part of the primary key, and may be NULL.".formatted(name),
                            "Make it NOT NULL first, with set_not_null in a change of its own.")));
        }
        if (scheme.by() != Method.HASH && scheme.key().size() != 1) {
            problems.add(target.problem(
                    "key", "By range or list, one column decides.", "Name one column, or divide by hash."));
        }
        scheme.every()
                .flatMap(Every::stretches)
                .ifPresent(stretches -> scheme.key()
                        .stream()
                        .limit(1)
                        .flatMap(name -> table.column(name).stream())
                        .forEach(column -> problems.addAll(fits(stretches, column))));
        return problems;
    }

    private List<Problem> fits(Stretches stretches, Column column) {
        boolean time = column.type().equals("date") || column.type().startsWith("timestamp");
        boolean number = Set.of("smallint", "integer", "bigint").contains(column.type())
                || column.type().startsWith("numeric");
        boolean fits = switch (stretches) {
            case Stretches.OfTime times -> time;
            case Stretches.OfNumbers numbers -> number;
        };
        return fits
                ? List.of()
                : List.of(target.problem(
                        "every",
                        "Column %s is of type %s.".formatted(column.name(), column.type()),
                        time
                                ? "Write a length of time, such as 1 month."
                                : number
                                        ? "Write a whole number, such as 1000000."
                                        : "Write the partitions out under partitions."));
    }

    private List<Problem> partitions() {
        List<Problem> problems = new ArrayList<>(suits());
        List<Named> all = scheme.partitions(table.name().name());
        if (all.isEmpty() || all.size() > PartitionScheme.MOST) {
            problems.add(target.problem(
                    "",
                    all.isEmpty()
                            ? "The table is to have no partition."
                            : "The table is to have more than %,d partitions.".formatted(PartitionScheme.MOST),
                    "Write 1 to %,d.".formatted(PartitionScheme.MOST)));
        }
        Set<Identifier> names = new HashSet<>(Set.of(table.name().name()));
        all.stream()
                .map(Named::name)
                .filter(name -> !names.add(name))
                .map(name -> target.problem(
                        "partitions", "Two tables would be called %s.".formatted(name), "Give each a name of its own."))
                .forEach(problems::add);
        target.answers()
                .surroundings(target.at())
                .taken()
                .stream()
                .map(name -> target.problem(
                        "partitions",
                        "Schema %s already has a relation or type %s.".formatted(table.name().schema(), name),
                        "Choose another name."))
                .forEach(problems::add);
        return problems;
    }

    /** Whether the partitions are written as the method has them. */
    private List<Problem> suits() {
        List<Problem> problems = new ArrayList<>();
        if (scheme.every().isPresent() && scheme.every().flatMap(Every::stretches).isEmpty()) {
            problems.add(target.problem(
                    "every",
                    "From where to where partitions of that length are to be does not go with it.",
                    "Write from and the later to: days such as 2026-01-01 for a length of time, else whole numbers."));
        }
        if (scheme.every().isPresent() && scheme.by() != Method.RANGE) {
            problems.add(target.problem(
                    "every", "Only ranges have a length.", "Write by: range, or leave every out."));
        }
        if (scheme.modulus().isPresent() != (scheme.by() == Method.HASH)) {
            problems.add(target.problem(
                    "modulus",
                    "A modulus goes with hash, and hash with a modulus.",
                    "Write by: hash and modulus: 8, or neither of them."));
        }
        if (scheme.by() == Method.HASH && scheme.rest()) {
            problems.add(target.problem(
                    "default", "By hash, each row fits in a partition.", "Leave default out."));
        }
        for (Named partition : scheme.named()) {
            boolean suits = switch (partition.bound()) {
                case PartitionBound.Between between -> scheme.by() == Method.RANGE;
                case PartitionBound.Among among -> scheme.by() == Method.LIST;
                case PartitionBound.Share share -> scheme.by() == Method.HASH;
                case PartitionBound.Rest rest -> true;
            };
            if (!suits) {
                problems.add(target.problem(
                        "partitions",
                        "Partition %s is not written as one by %s."
                                .formatted(partition.name(), scheme.by().name().toLowerCase(java.util.Locale.ROOT)),
                        "By range, write from and to; by list, values; by hash, only modulus."));
            }
        }
        return problems;
    }
}
