package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.catalog.Surroundings.IncomingKey;
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

    private String[] commented(String add, OwnKey key) {
        return Stream.concat(Stream.of(add), comment(key.comment(), successor.before(), key.name()))
                .toArray(String[]::new);
    }

    private static Stream<String> comment(Optional<String> comment, QualifiedName table, Identifier constraint) {
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
     * Those of other tables, after the swap. There is no moment without a guarantee: until the contract they also reference
     * the old table, which follows the new one.
     */
    List<DdlStep> incoming() {
        List<DdlStep> steps = new ArrayList<>();
        for (IncomingKey key : successor.around().belongings().incoming()) {
            Identifier name = successor.target().names().successor(key.name());
            Fact there = Relations.hasConstraint(key.holder(), name);
            steps.add(DdlStep.catalogOnly(
                    Phase.CONSTRAIN,
                    "point-foreign-key",
                    "let foreign key %s of %s reference the new table too, for new rows"
                            .formatted(key.name(), key.holder()),
                    there,
                    "ALTER TABLE %s ADD CONSTRAINT %s %s NOT VALID"
                            .formatted(key.holder(), name, withoutNotValid(key.definition())))
                    .under(Lock.SHARE_ROW_EXCLUSIVE, Work.CATALOG)
                    .alsoLocking(key.holder(), Lock.SHARE_ROW_EXCLUSIVE)
                    .undoneBy(Undo.catalogOnly(
                            "let foreign key %s of %s reference the old table only".formatted(key.name(), key.holder()),
                            there.negated(),
                            "ALTER TABLE %s DROP CONSTRAINT %s".formatted(key.holder(), name))
                            .alsoLocking(key.holder(), Lock.ACCESS_EXCLUSIVE)));
            steps.add(DdlStep.catalogOnly(
                    Phase.CONSTRAIN,
                    "validate-foreign-key",
                    "prove it for old rows of " + key.holder(),
                    Relations.isValidated(key.holder(), name),
                    "ALTER TABLE %s VALIDATE CONSTRAINT %s".formatted(key.holder(), name))
                    .under(Lock.NONE, Work.CATALOG)
                    .alsoLocking(key.holder(), Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN)
                    .alsoLocking(successor.name(), Lock.ROW_SHARE));
        }
        return steps;
    }

    private static String withoutNotValid(String definition) {
        return definition.endsWith(" NOT VALID")
                ? definition.substring(0, definition.length() - " NOT VALID".length())
                : definition;
    }

    /** Each by itself: it locks the old table too, by way of which nobody but the triggers goes. */
    List<DdlStep> release() {
        List<DdlStep> steps = new ArrayList<>();
        for (IncomingKey key : successor.around().belongings().incoming()) {
            Identifier name = successor.target().names().successor(key.name());
            steps.add(DdlStep.catalogOnly(
                    Phase.CONTRACT,
                    "release-foreign-key",
                    "let foreign key %s of %s reference the new table only".formatted(key.name(), key.holder()),
                    Relations.hasConstraint(key.holder(), name).negated(),
                    Stream.concat(
                            Stream.of(
                                    "ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s".formatted(key.holder(), key.name()),
                                    "ALTER TABLE %s RENAME CONSTRAINT %s TO %s"
                                            .formatted(key.holder(), name, key.name()),
                                    renameShares(key, name)),
                            comment(key.comment(), key.holder(), key.name()))
                            .toArray(String[]::new))
                    .under(Lock.NONE, Work.CATALOG)
                    .alsoLocking(key.holder(), Lock.ACCESS_EXCLUSIVE)
                    .alsoLocking(successor.retired(), Lock.ACCESS_EXCLUSIVE));
        }
        return steps;
    }

    /** For each partition that is referenced PostgreSQL keeps a constraint, which 18 names after the one that was made. */
    private static String renameShares(IncomingKey key, Identifier name) {
        return "DO " + Literal.dollarQuoted("neap", """

                DECLARE
                  neap_share name;
                BEGIN
                  FOR neap_share IN SELECT conname FROM pg_catalog.pg_constraint
                    WHERE conrelid = %1$s::regclass AND conparentid <> 0 AND starts_with(conname::text, %2$s)
                  LOOP
                    EXECUTE format('ALTER TABLE %3$s RENAME CONSTRAINT %%I TO %%I', neap_share,
                      %4$s || substr(neap_share::text, length(%2$s) + 1));
                  END LOOP;
                END
                """.formatted(
                Literal.of(key.holder().sql()),
                Literal.of(name.value()),
                key.holder().sql().replace("'", "''").replace("%", "%%"),
                Literal.of(key.name().value())));
    }
}
