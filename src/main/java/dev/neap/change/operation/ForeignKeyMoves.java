package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.catalog.Surroundings.OwnKey;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the foreign keys of a table, and those that reference it, come to its successor. */
record ForeignKeyMoves(Successor successor) {

    /**
     * The table's own. Before 18 a partitioned table takes none that is still to be validated, so its partitions get them
     * one by one, and the table then finds them there and has nothing to read (PostgreSQL 11 and later).
     */
    List<DdlStep> own() {
        boolean directly = successor.layout().partitions().isEmpty() || successor.old().server().major() >= 18;
        List<DdlStep> steps = new ArrayList<>();
        successor.around()
                .belongings()
                .keys()
                .forEach(key -> steps.addAll(directly ? atOnce(key) : byPartition(key)));
        return steps;
    }

    private List<DdlStep> atOnce(OwnKey key) {
        QualifiedName table = successor.before();
        Fact there = Relations.hasConstraint(table, key.name());
        DdlStep add = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "add-foreign-key",
                "add foreign key " + key.name() + " for new rows of the new table",
                new Fact.Or(there, successor.swapped()),
                commented(
                        "ALTER TABLE %s ADD CONSTRAINT %s %s NOT VALID".formatted(table, key.name(), key.definition()),
                        table,
                        key))
                .under(Lock.NONE, Work.CATALOG)
                .alsoLocking(table, Lock.SHARE_ROW_EXCLUSIVE)
                .alsoLocking(key.to(), Lock.SHARE_ROW_EXCLUSIVE)
                .undoneBy(new Undo(
                        "drop foreign key " + key.name() + " of the new table",
                        List.of("ALTER TABLE %s DROP CONSTRAINT %s".formatted(table, key.name())),
                        Lock.NONE,
                        Conduct.TRANSACTION,
                        there.negated())
                        .alsoLocking(table, Lock.ACCESS_EXCLUSIVE)
                        .alsoLocking(key.to(), Lock.ACCESS_EXCLUSIVE));
        DdlStep validate = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "validate-foreign-key",
                "prove foreign key " + key.name() + " for old rows of the new table",
                new Fact.Or(Relations.isValidated(table, key.name()), successor.swapped()),
                "ALTER TABLE %s VALIDATE CONSTRAINT %s".formatted(table, key.name()))
                .under(Lock.NONE, Work.CATALOG)
                .alsoLocking(table, Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN)
                .alsoLocking(key.to(), Lock.ROW_SHARE);
        return List.of(add, validate);
    }

    private static String[] commented(String add, QualifiedName table, OwnKey key) {
        return Stream.concat(Stream.of(add), comment(key.comment(), table, key.name()))
                .toArray(String[]::new);
    }

    static Stream<String> comment(Optional<String> comment, QualifiedName table, Identifier constraint) {
        return comment.stream()
                .map(text -> "COMMENT ON CONSTRAINT %s ON %s IS %s".formatted(constraint, table, Literal.of(text)));
    }

    private List<DdlStep> byPartition(OwnKey key) {
        List<QualifiedName> leaves = successor.leaves();
        QualifiedName last = leaves.getLast();
        DdlStep add = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "add-foreign-key",
                "add foreign key " + key.name() + " for new rows of the partitions",
                Relations.hasConstraint(last, key.name()),
                leaves.stream()
                        .map(leaf -> "ALTER TABLE %s ADD CONSTRAINT %s %s NOT VALID"
                                .formatted(leaf, key.name(), key.definition()))
                        .toArray(String[]::new))
                .under(Lock.NONE, Work.CATALOG)
                .alsoLocking(successor.before(), Lock.SHARE_ROW_EXCLUSIVE)
                .alsoLocking(key.to(), Lock.SHARE_ROW_EXCLUSIVE)
                .undoneBy(new Undo(
                        "drop foreign key " + key.name() + " of the partitions",
                        leaves.stream()
                                .map(leaf -> "ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s".formatted(leaf, key.name()))
                                .toList(),
                        Lock.NONE,
                        Conduct.TRANSACTION,
                        Relations.hasConstraint(last, key.name()).negated())
                        .alsoLocking(successor.before(), Lock.ACCESS_EXCLUSIVE)
                        .alsoLocking(key.to(), Lock.ACCESS_EXCLUSIVE));
        DdlStep validate = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "validate-foreign-key",
                "prove foreign key " + key.name() + " for old rows of the partitions",
                Relations.isValidated(last, key.name()),
                leaves.stream()
                        .map(leaf -> "ALTER TABLE %s VALIDATE CONSTRAINT %s".formatted(leaf, key.name()))
                        .toArray(String[]::new))
                .under(Lock.NONE, Work.CATALOG)
                .alsoLocking(successor.before(), Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN)
                .alsoLocking(key.to(), Lock.ROW_SHARE);
        DdlStep join = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "join-foreign-key",
                "make foreign key " + key.name() + " one of the whole table",
                new Fact.Or(Relations.hasConstraint(successor.before(), key.name()), successor.swapped()),
                commented(
                        "ALTER TABLE %s ADD CONSTRAINT %s %s".formatted(
                                successor.before(), key.name(), key.definition()),
                        successor.before(),
                        key))
                .under(Lock.NONE, Work.CATALOG)
                .alsoLocking(successor.before(), ConstraintSteps.joining(successor.target().answers(), key.to()))
                // The partitions' own triggers on it are dropped, since the whole table's take their place.
                .alsoLocking(key.to(), Lock.ACCESS_EXCLUSIVE)
                .undoneBy(new Undo(
                        "drop foreign key " + key.name() + " of the new table",
                        List.of("ALTER TABLE %s DROP CONSTRAINT %s".formatted(successor.before(), key.name())),
                        Lock.NONE,
                        Conduct.TRANSACTION,
                        new Fact.Or(
                                Relations.isThere(successor.before()).negated(),
                                Relations.hasConstraint(successor.before(), key.name()).negated()))
                        .alsoLocking(successor.before(), Lock.ACCESS_EXCLUSIVE)
                        .alsoLocking(key.to(), Lock.ACCESS_EXCLUSIVE));
        return List.of(add, validate, join);
    }

    /**
     * Those of other tables, after the swap: each references both tables until it is proved for the new one, so that there is
     * no moment without a guarantee, and no longer. What it does ON DELETE would be done to rows of the old table too, whose
     * triggers come in another order and with another search_path.
     */
    List<DdlStep> incoming() {
        return moves().flatMap(move -> move.steps(isAtOnce()).stream()).toList();
    }

    /** Those to the old table that could not go earlier. */
    List<DdlStep> release() {
        return isAtOnce() ? List.of() : moves().map(IncomingMove::releaseAtLast).toList();
    }

    private Stream<IncomingMove> moves() {
        return successor.around().belongings().incoming().stream().map(key -> new IncomingMove(successor, key));
    }

    private boolean isAtOnce() {
        return isMarkedValid(LeafSteps.isPartitioned(successor.old()));
    }

    /**
     * Whether a foreign key that is added NOT VALID and validated is what it was before. Before 18 a partitioned table takes
     * none, and PostgreSQL 14 leaves its shares of one to a partitioned table marked as not validated for good.
     */
    private boolean isMarkedValid(boolean partitioned) {
        return !partitioned || successor.old().server().major() >= NotNullSteps.NOT_VALID_SINCE;
    }

    private boolean comesBack(OwnKey key) {
        return isMarkedValid(
                LeafSteps.isPartitioned(successor.old())
                        || successor.target().answers().partitioned().contains(key.to()));
    }

    /**
     * The old table's own go once it follows: the new one's guard the same rows, and what those of old do ON DELETE would be
     * done to it before it learns how the row is by then, and under locks in another order.
     */
    List<DdlStep> retire() {
        return successor.oldKeys().stream().filter(this::comesBack).map(this::retire).toList();
    }

    /** Those that could not go earlier. */
    List<DdlStep> left() {
        return DropTable.keys(
                successor.retired(),
                successor.oldKeys().stream().filter(key -> !comesBack(key)).toList());
    }

    private DdlStep retire(OwnKey key) {
        QualifiedName table = successor.retired();
        Fact before = successor.swapped().negated();
        Fact there = Relations.hasConstraint(table, key.name());
        DdlStep add = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "add-foreign-key",
                "add foreign key " + key.name() + " for new rows of the old table",
                new Fact.Or(before, there),
                commented(
                        "ALTER TABLE %s ADD CONSTRAINT %s %s NOT VALID".formatted(table, key.name(), key.definition()),
                        table, key))
                .under(Lock.NONE, Work.CATALOG)
                .alsoLocking(table, Lock.SHARE_ROW_EXCLUSIVE)
                .alsoLocking(key.to(), Lock.SHARE_ROW_EXCLUSIVE);
        DdlStep validate = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "validate-foreign-key",
                "prove foreign key " + key.name() + " for old rows of the old table",
                new Fact.Or(before, Relations.isValidated(table, key.name())),
                "ALTER TABLE %s VALIDATE CONSTRAINT %s".formatted(table, key.name()))
                .under(Lock.NONE, Work.CATALOG)
                .alsoLocking(table, Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN)
                .alsoLocking(key.to(), Lock.ROW_SHARE);
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "retire-foreign-key",
                "drop foreign key " + key.name() + " of the old table",
                there.negated(),
                "ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s".formatted(table, key.name()))
                .under(Lock.NONE, Work.CATALOG)
                .alsoLocking(table, Lock.ACCESS_EXCLUSIVE)
                .alsoLocking(key.to(), Lock.ACCESS_EXCLUSIVE)
                .undoneBy(Undo.by("give the old table foreign key " + key.name() + " again", List.of(add, validate)));
    }
}
