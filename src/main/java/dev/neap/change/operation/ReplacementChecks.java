package dev.neap.change.operation;

import dev.neap.catalog.Constraint;
import dev.neap.catalog.IncomingKey;
import dev.neap.catalog.Index;
import dev.neap.catalog.Key;
import dev.neap.catalog.Surroundings;
import dev.neap.catalog.Surroundings.Dependent;
import dev.neap.catalog.Surroundings.OwnKey;
import dev.neap.catalog.Surroundings.View;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What stands against putting any other table in the place of one.
 *
 * @param around the table
 */
record ReplacementChecks(Target target, Surroundings around) {

    /** Whatever the other table is like. */
    List<Problem> problems() {
        return Stream.of(key(), indexes(), constraints(), foreignKeys(), dependents(), security())
                .flatMap(List::stream)
                .toList();
    }

    private Table table() {
        return target.table();
    }

    /** The primary key, along which rows are copied. */
    Optional<Key> primary() {
        return Key.of(table()).filter(key -> table().index(key.index()).filter(Index::primary).isPresent());
    }

    /**
     * Where the other one and its indexes are to be kept.
     *
     * @param own whether the table itself is to be kept where this one is
     */
    List<Problem> tablespaces(boolean own) {
        return around.closed()
                .stream()
                .filter(closed -> own || !closed.relation().equals(table().name()))
                .map(closed -> target.problem(
                        "",
                        "%s is in tablespace %s, and this role may create nothing there."
                                .formatted(closed.relation(), closed.tablespace()),
                        "GRANT CREATE ON TABLESPACE %s TO %s;".formatted(closed.tablespace(), closed.role())))
                .toList();
    }

    private List<Problem> key() {
        return primary().isPresent()
                ? List.of()
                : List.of(target.problem(
                        "",
                        "Table %s has no primary key that tells its rows apart while they are copied."
                                .formatted(table().name()),
                        "Add one first."));
    }

    private List<Problem> indexes() {
        return table().indexes()
                .stream()
                .flatMap(index -> {
                    if (!index.valid()) {
                        return Stream.of(target.problem(
                                "",
                                "Index %s is not valid.".formatted(index.name()),
                                "Drop it, or build it again."));
                    }
                    return index.immediate()
                            ? Stream.empty()
                            : Stream.of(target.problem(
                                    "",
                                    "Constraint %s is deferrable, and the new table follows row by row."
                                            .formatted(index.name()),
                                    "Make it one that is not deferrable first."));
                })
                .toList();
    }

    private List<Problem> constraints() {
        return table().constraints()
                .stream()
                .flatMap(constraint -> {
                    if (constraint.kind() == Constraint.Kind.EXCLUDE) {
                        return Stream.of(target.problem(
                                "",
                                "Table %s has exclusion constraint %s.".formatted(table().name(), constraint.name()),
                                "Drop it first, and add it again afterwards."));
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
        Stream<Problem> own = around.belongings()
                .keys()
                .stream()
                .filter(key -> key.to().equals(table().name()))
                .map(OwnKey::name)
                .map(name -> target.problem(
                        "",
                        "Foreign key %s references its own table.".formatted(name),
                        "Drop it first, and add it again afterwards."));
        Stream<Problem> incoming = around.belongings()
                .incoming()
                .stream()
                .filter(IncomingKey::holderPartitioned)
                .map(key -> target.problem(
                        "",
                        "Foreign key %s of table %s is one of a partitioned table, which takes none that is not validated at once."
                                .formatted(key.name(), key.holder()),
                        "Drop it first, and add it again afterwards."));
        return Stream.concat(own, incoming).toList();
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
                                .formatted(TableChecks.capitalized(dependent.words()), table().name()),
                        "Drop it first, and make it again afterwards."))
                .toList();
    }

    /**
     * Views that show more columns than they group by, since the primary key determines those (PostgreSQL manual, 7.2.3).
     *
     * @param newKey the other table's primary key
     */
    List<Problem> views(List<Identifier> newKey) {
        List<Identifier> oldKey = primary().map(Key::names).orElse(List.of());
        return Set.copyOf(newKey).equals(Set.copyOf(oldKey))
                ? List.of()
                : around.belongings()
                        .views()
                        .stream()
                        .filter(View::keyed)
                        .map(view -> target.problem(
                                "primary_key",
                                "View %s groups by the primary key (%s) and shows other columns too, which (%s) as the new one does not allow."
                                        .formatted(
                                                view.name(), Mirroring.list(oldKey, Identifier::sql),
                                                Mirroring.list(newKey, Identifier::sql)),
                                "Replace the view by one that groups by every column that it shows."))
                        .toList();
    }

    private List<Problem> security() {
        return around.ownership().forced() && !around.ownership().beyondPolicies()
                ? List.of(target.problem(
                        "",
                        "Row security of table %s is forced, so its policies hold for whoever copies its rows too."
                                .formatted(table().name()),
                        "Run the change with a role that has BYPASSRLS."))
                : List.of();
    }
}
