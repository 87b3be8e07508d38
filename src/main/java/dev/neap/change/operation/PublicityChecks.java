package dev.neap.change.operation;

import dev.neap.catalog.Publicity;
import dev.neap.catalog.Publicity.Publication;
import dev.neap.catalog.Publicity.Scope;
import dev.neap.catalog.Surroundings;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What stands against letting another table take a table's place in its publications, unnoticed by subscribers. */
record PublicityChecks(Target target, Surroundings around) {

    private QualifiedName table() {
        return target.table().name();
    }

    private Publicity publicity() {
        return around.publicity();
    }

    /** Whether anybody is to hear of what is written to it. */
    boolean isPublished() {
        return !publicity().publications().isEmpty();
    }

    private Stream<Publication> naming() {
        return publicity().publications().stream().filter(publication -> publication.scope() == Scope.TABLE);
    }

    /** Whatever the other table is like. */
    List<Problem> problems() {
        return Stream.concat(
                publicity().publications()
                        .stream()
                        .filter(publication -> publication.scope() != Scope.TABLE)
                        .map(this::sendsTheCopy),
                naming().filter(publication -> !publication.mine()).map(this::isForeign))
                .toList();
    }

    private Problem sendsTheCopy(Publication publication) {
        String all = publication.scope() == Scope.SCHEMA
                ? "TABLES IN SCHEMA " + table().schema()
                : "ALL TABLES";
        return target.problem(
                "",
                "Table %s is in publication %s, which is FOR %s: the new table would be in it while rows are copied there, under a name that subscribers don't have."
                        .formatted(table(), publication.name(), all),
                "Publish tables by their names instead: CREATE PUBLICATION … FOR TABLE %s, …; then ALTER SUBSCRIPTION … SET PUBLICATION … WITH (copy_data = false)."
                        .formatted(table()));
    }

    private Problem isForeign(Publication publication) {
        return target.problem(
                "",
                "Table %s is in publication %s, which belongs to role %s, so this role may not put another table in its place there."
                        .formatted(table(), publication.name(), publication.owner()),
                "Run the change with a role that is a member of %s, or take the table out of the publication."
                        .formatted(publication.owner()));
    }

    /** Where the table is divided before or afterwards: partitions must not be known by their own names. */
    List<Problem> partitions() {
        Stream<Problem> scattered = naming().filter(publication -> !publication.viaRoot())
                .map(publication -> target.problem(
                        "",
                        "Table %s is in publication %s, which sends rows of partitions under the partitions' own names."
                                .formatted(table(), publication.name()),
                        "ALTER PUBLICATION %s SET (publish_via_partition_root = true); in a publication of its own, if that one has other partitioned tables."
                                .formatted(publication.name())));
        Stream<Problem> leaves = publicity().leaves()
                .stream()
                .map(published -> target.problem(
                        "",
                        "Partition %s is in publication %s by itself, and is to go."
                                .formatted(published.leaf(), published.publication()),
                        "Publish table %s instead, with publish_via_partition_root = true.".formatted(table())));
        Stream<Problem> odd = isPublished() && !around.belongings().replicaIdentity().equals(Optional.of("FULL"))
                ? publicity().oddLeaves()
                        .stream()
                        .map(leaf -> target.problem(
                                "",
                                "Partition %s has another replica identity than table %s, which subscribers tell its rows by."
                                        .formatted(leaf, table()),
                                "Give both the same: ALTER TABLE … REPLICA IDENTITY …."))
                : Stream.empty();
        return Stream.of(scattered, leaves, odd).flatMap(problems -> problems).toList();
    }

    /** @param primaryKey of the other table, by which subscribers tell rows unless they are told otherwise */
    List<Problem> identity(List<Identifier> primaryKey) {
        return around.belongings().replicaIdentity().isPresent()
                ? List.of()
                : naming().filter(Publication::changes)
                        .flatMap(publication -> missing(publication, primaryKey).stream())
                        .toList();
    }

    private Optional<Problem> missing(Publication publication, List<Identifier> primaryKey) {
        List<Identifier> missing = primaryKey.stream().filter(column -> !publication.sends(column)).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(target.problem(
                        "",
                        "Publication %s sends columns (%s) only, and PostgreSQL would refuse each UPDATE and DELETE without the new primary key's column %s."
                                .formatted(
                                        publication.name(),
                                        Mirroring.list(publication.columns(), Identifier::sql),
                                        Mirroring.list(missing, Identifier::sql)),
                        "Give the subscribers that column, then take the table out of the publication and in again with it."));
    }

    /**
     * Columns whose old values subscribers would keep while new rows have others, or none.
     *
     * @param fact why that is so of a column, as a clause
     */
    List<Problem> mustNotSend(String key, Identifier column, String fact) {
        return naming().filter(publication -> publication.columns().isEmpty())
                .map(publication -> target.problem(
                        key,
                        "Column %s goes out by publication %s, and %s.".formatted(column, publication.name(), fact),
                        target.table().server().major() >= 15
                                ? "Publish the table without it first, by a list of columns; or take the table out of the publication."
                                : "Take the table out of the publication first."))
                .toList();
    }
}
