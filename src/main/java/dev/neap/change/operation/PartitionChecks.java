package dev.neap.change.operation;

import dev.neap.catalog.Column.Origin;
import dev.neap.catalog.Constraint;
import dev.neap.catalog.Index;
import dev.neap.catalog.Key;
import dev.neap.catalog.Surroundings;
import dev.neap.catalog.Surroundings.UserTrigger;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What stands against dividing a table. */
final class PartitionChecks {

    private final PartitionTable operation;
    private final PartitionScheme scheme;
    private final Target target;
    private final Table table;
    private final Surroundings around;
    private final ReplacementChecks shared;

    PartitionChecks(PartitionTable operation, Target target) {
        this.operation = operation;
        this.scheme = operation.scheme();
        this.target = target;
        this.table = target.table();
        this.around = target.answers().surroundings(target.at());
        this.shared = new ReplacementChecks(target, around);
    }

    List<Problem> problems() {
        List<Problem> first = Stream.of(kind(), new SchemeChecks(operation, target).problems())
                .flatMap(List::stream)
                .toList();
        return first.isEmpty()
                ? Stream.of(
                        key(), shared.problems(), shared.tablespaces(true), shared.views(newKey()), uniques(), checks(),
                        foreignKeys(),
                        triggers(),
                        published())
                        .flatMap(List::stream)
                        .toList()
                : first;
    }

    private List<Problem> kind() {
        if (table.kind() == Table.Kind.PARTITIONED) {
            return List.of(target.problem(
                    "", "Table %s is partitioned already.".formatted(table.name()), "Name one that is not."));
        }
        return new TableChecks(target, around).mustStandAlone();
    }

    private List<Problem> key() {
        if (shared.primary().isEmpty()) {
            return List.of();
        }
        List<Identifier> old = shared.primary().get().names();
        List<Identifier> wanted = operation.primaryKey().isEmpty() ? old : operation.primaryKey();
        List<Identifier> suggested = Stream.concat(old.stream(), scheme.key().stream()).distinct().toList();
        String remedy = "Write primary_key: [" + Mirroring.list(suggested, Identifier::sql) + "].";
        List<Problem> problems = new ArrayList<>();
        if (!wanted.containsAll(scheme.key())) {
            problems.add(target.problem(
                    "primary_key",
                    "The primary key (%s) has not all columns of the partition key (%s), and a partitioned table can only be unique over all of them."
                            .formatted(
                                    Mirroring.list(wanted, Identifier::sql),
                                    Mirroring.list(scheme.key(), Identifier::sql)),
                    remedy));
        } else if (wanted.size() < old.size() || !wanted.subList(0, old.size()).equals(old)) {
            problems.add(target.problem(
                    "primary_key",
                    "The new primary key (%s) does not begin with the old one (%s), along which rows are copied."
                            .formatted(Mirroring.list(wanted, Identifier::sql), Mirroring.list(old, Identifier::sql)),
                    remedy));
        }
        wanted.stream()
                .filter(name -> table.column(name)
                        .filter(column -> !column.notNull() || column.origin() == Origin.GENERATED)
                        .isPresent())
                .map(name -> target.problem(
                        "primary_key",
                        "Column %s may be NULL or is generated.".formatted(name),
                        "Choose columns that are NOT NULL and written by clients."))
                .forEach(problems::add);
        return problems;
    }

    private List<Problem> uniques() {
        return table.indexes()
                .stream()
                .filter(index -> index.valid() && index.immediate())
                .filter(index -> index.unique() && !index.primary() && !covers(index))
                .map(index -> target.problem(
                        "",
                        "Index %s is unique without the partition key (%s), which a partitioned table can't have."
                                .formatted(index.name(), Mirroring.list(scheme.key(), Identifier::sql)),
                        "Drop it, or make it one over the partition key too."))
                .toList();
    }

    private boolean covers(Index index) {
        List<Identifier> named = index.keys().stream().flatMap(part -> part.column().stream()).toList();
        return named.size() == index.keys().size() && named.containsAll(scheme.key());
    }

    private List<Problem> published() {
        PublicityChecks checks = new PublicityChecks(target, around);
        return Stream.of(checks.problems(), checks.partitions(), checks.identity(newKey()))
                .flatMap(List::stream)
                .toList();
    }

    private List<Identifier> newKey() {
        return operation.primaryKey().isEmpty()
                ? shared.primary().map(Key::names).orElse(List.of())
                : operation.primaryKey();
    }

    private List<Problem> checks() {
        return table.constraints()
                .stream()
                .filter(constraint -> constraint.kind() == Constraint.Kind.CHECK
                        && constraint.definition().endsWith("NO INHERIT"))
                .map(constraint -> target.problem(
                        "",
                        "Constraint %s is marked NO INHERIT, and a partitioned table has no rows of its own."
                                .formatted(constraint.name()),
                        "Drop it, or add it without NO INHERIT."))
                .toList();
    }

    private List<Problem> foreignKeys() {
        return around.belongings()
                .incoming()
                .stream()
                .filter(key -> !key.holderPartitioned() && !staysUnique(key.columns()))
                .map(key -> target.problem(
                        "",
                        "Foreign key %s of table %s references (%s), which is not unique by itself in a table divided by (%s)."
                                .formatted(
                                        key.name(), key.holder(), Mirroring.list(key.columns(), Identifier::sql),
                                        Mirroring.list(scheme.key(), Identifier::sql)),
                        "Drop it first, or divide the table by columns that it references."))
                .toList();
    }

    private boolean staysUnique(List<Identifier> columns) {
        Set<Identifier> wanted = Set.copyOf(columns);
        List<Identifier> old = shared.primary().map(Key::names).orElse(List.of());
        List<Identifier> primary = operation.primaryKey().isEmpty()
                ? Stream.concat(old.stream(), scheme.key().stream()).distinct().toList()
                : operation.primaryKey();
        return wanted.equals(Set.copyOf(primary))
                || table.indexes()
                        .stream()
                        .filter(index -> index.unique() && !index.primary() && !index.partial() && covers(index))
                        .anyMatch(index -> wanted.equals(Set.copyOf(
                                index.keys().stream().flatMap(part -> part.column().stream()).toList())));
    }

    private List<Problem> triggers() {
        return around.belongings()
                .triggers()
                .stream()
                .filter(trigger -> trigger.definition().contains(" REFERENCING ")
                        && trigger.definition().contains(" FOR EACH ROW "))
                .map(UserTrigger::name)
                .map(name -> target.problem(
                        "",
                        "Trigger %s has transition tables for each row, which a partitioned table can't have."
                                .formatted(name),
                        "Make it a trigger for each statement."))
                .toList();
    }
}
