package dev.neap.change.operation;

import dev.neap.catalog.Column.Origin;
import dev.neap.catalog.Constraint;
import dev.neap.catalog.Index;
import dev.neap.catalog.Key;
import dev.neap.catalog.Surroundings;
import dev.neap.catalog.Surroundings.Dependent;
import dev.neap.catalog.Surroundings.IncomingKey;
import dev.neap.catalog.Surroundings.OwnKey;
import dev.neap.catalog.Surroundings.UserTrigger;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What stands against dividing a table. */
final class PartitionChecks {

    private final PartitionTable operation;
    private final PartitionScheme scheme;
    private final Target target;
    private final Table table;
    private final Surroundings around;

    PartitionChecks(PartitionTable operation, Target target) {
        this.operation = operation;
        this.scheme = operation.scheme();
        this.target = target;
        this.table = target.table();
        this.around = target.answers().surroundings(target.at());
    }

    List<Problem> problems() {
        List<Problem> first = Stream.of(kind(), new SchemeChecks(operation, target).problems())
                .flatMap(List::stream)
                .toList();
        return first.isEmpty()
                ? Stream.of(
                        key(), uniques(), constraints(), foreignKeys(), triggers(), dependents(), security(),
                        new TableChecks(target, around)
                                .mustNotBePublished("a partitioned table is published in another way"))
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

    private Optional<Key> primary() {
        return Key.of(table).filter(key -> table.index(key.index()).filter(Index::primary).isPresent());
    }

    private List<Problem> key() {
        if (primary().isEmpty()) {
            return List.of(target.problem(
                    "",
                    "Table %s has no primary key that tells its rows apart while they are copied."
                            .formatted(table.name()),
                    "Add one first."));
        }
        List<Identifier> old = primary().get().names();
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
        List<Problem> problems = new ArrayList<>();
        for (Index index : table.indexes()) {
            if (!index.valid()) {
                problems.add(target.problem(
                        "",
                        "Index %s is not valid.".formatted(index.name()),
                        "Drop it, or build it again."));
            } else if (!index.immediate()) {
                problems.add(target.problem(
                        "",
                        "Constraint %s is deferrable, and the new table follows row by row.".formatted(index.name()),
                        "Make it one that is not deferrable first."));
            } else if (index.unique() && !index.primary() && !covers(index)) {
                problems.add(target.problem(
                        "",
                        "Index %s is unique without the partition key (%s), which a partitioned table can't have."
                                .formatted(index.name(), Mirroring.list(scheme.key(), Identifier::sql)),
                        "Drop it, or make it one over the partition key too."));
            }
        }
        return problems;
    }

    private boolean covers(Index index) {
        List<Identifier> named = index.keys().stream().flatMap(part -> part.column().stream()).toList();
        return named.size() == index.keys().size() && named.containsAll(scheme.key());
    }

    private List<Problem> constraints() {
        return table.constraints()
                .stream()
                .flatMap(constraint -> {
                    if (constraint.kind() == Constraint.Kind.EXCLUDE) {
                        return Stream.of(target.problem(
                                "",
                                "Table %s has exclusion constraint %s.".formatted(table.name(), constraint.name()),
                                "Drop it first, and add it to each partition afterwards."));
                    }
                    if (constraint.kind() == Constraint.Kind.CHECK && constraint.definition().endsWith("NO INHERIT")) {
                        return Stream.of(target.problem(
                                "",
                                "Constraint %s is marked NO INHERIT, and a partitioned table has no rows of its own."
                                        .formatted(constraint.name()),
                                "Drop it, or add it without NO INHERIT."));
                    }
                    return constraint.validated() || constraint.kind() == Constraint.Kind.TRIGGER
                            ? Stream.empty()
                            : Stream.of(target.problem(
                                    "",
                                    "Constraint %s is not validated.".formatted(constraint.name()),
                                    "Validate it first, or drop it."));
                })
                .toList();
    }

    private List<Problem> foreignKeys() {
        List<Problem> problems = new ArrayList<>();
        for (OwnKey key : around.belongings().keys()) {
            if (key.to().equals(table.name())) {
                problems.add(target.problem(
                        "",
                        "Foreign key %s references its own table.".formatted(key.name()),
                        "Drop it first, and add it again afterwards."));
            }
        }
        for (IncomingKey key : around.belongings().incoming()) {
            if (key.holderPartitioned()) {
                problems.add(target.problem(
                        "",
                        "Foreign key %s of table %s is one of a partitioned table, which takes none that is not validated at once."
                                .formatted(key.name(), key.holder()),
                        "Drop it first, and add it again afterwards."));
            } else if (!staysUnique(key.columns())) {
                problems.add(target.problem(
                        "",
                        "Foreign key %s of table %s references (%s), which is not unique by itself in a table divided by (%s)."
                                .formatted(
                                        key.name(), key.holder(), Mirroring.list(key.columns(), Identifier::sql),
                                        Mirroring.list(scheme.key(), Identifier::sql)),
                        "Drop it first, or divide the table by columns that it references."));
            }
        }
        return problems;
    }

    private boolean staysUnique(List<Identifier> columns) {
        Set<Identifier> wanted = Set.copyOf(columns);
        List<Identifier> old = primary().map(Key::names).orElse(List.of());
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

    /** Views are replaced in the swap, and foreign keys pointed there after it. */
    private List<Problem> dependents() {
        List<Dependent> others = around.dependents()
                .stream()
                .filter(dependent -> switch (dependent.kind()) {
                    case VIEW, FOREIGN_KEY -> false;
                    case MATERIALIZED_VIEW, OTHER -> true;
                })
                .toList();
        return others.stream()
                .map(dependent -> target.problem(
                        "",
                        "%s depends on table %s and would stay with the old one."
                                .formatted(TableChecks.capitalized(dependent.words()), table.name()),
                        "Drop it first, and make it again afterwards."))
                .toList();
    }

    private List<Problem> security() {
        return around.ownership().forced() && !around.ownership().beyondPolicies()
                ? List.of(target.problem(
                        "",
                        "Row security of table %s is forced, so its policies hold for whoever copies its rows too."
                                .formatted(table.name()),
                        "Run the change with a role that has BYPASSRLS."))
                : List.of();
    }
}
