package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.catalog.IncomingKey;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.sql.QualifiedName;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.List;
import java.util.stream.Stream;

/** How the foreign key of another table comes from a table to its successor, once that bears the name. */
record IncomingMove(Successor successor, IncomingKey key) {

    /** @param atOnce whether the old table is let go as soon as the new one is proved */
    List<DdlStep> steps(boolean atOnce) {
        return atOnce ? List.of(point(), validate(), release()) : List.of(point(), validate());
    }

    /** What it is called until the one of old is gone. */
    private Identifier second() {
        return successor.target().names().successor(key.name());
    }

    private Fact released() {
        return new Fact.And(successor.swapped(), Relations.references(key.holder(), key.name(), successor.name()));
    }

    private DdlStep point() {
        Fact there = Relations.hasConstraint(key.holder(), second());
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "point-foreign-key",
                "let foreign key %s of %s reference the new table too, for new rows".formatted(key.name(),
                        key.holder()),
                new Fact.Or(there, released()),
                "ALTER TABLE %s ADD CONSTRAINT %s %s NOT VALID"
                        .formatted(key.holder(), second(), key.referencing(successor.name())))
                .under(Lock.SHARE_ROW_EXCLUSIVE, Work.CATALOG)
                .alsoLocking(key.holder(), Lock.SHARE_ROW_EXCLUSIVE)
                .undoneBy(Undo.catalogOnly(
                        "let foreign key %s of %s reference the old table only".formatted(key.name(), key.holder()),
                        there.negated(),
                        "ALTER TABLE %s DROP CONSTRAINT %s".formatted(key.holder(), second()))
                        .alsoLocking(key.holder(), Lock.ACCESS_EXCLUSIVE));
    }

    private DdlStep validate() {
        return validate(second(), successor.name(), new Fact.Or(isValidated(second()), released()));
    }

    private Fact isValidated(Identifier name) {
        return Relations.isValidated(key.holder(), name);
    }

    private DdlStep validate(Identifier name, QualifiedName referenced, Fact done) {
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "validate-foreign-key",
                "prove it for old rows of " + key.holder(),
                done,
                "ALTER TABLE %s VALIDATE CONSTRAINT %s".formatted(key.holder(), name))
                .under(Lock.NONE, Work.CATALOG)
                .alsoLocking(key.holder(), Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN)
                .alsoLocking(referenced, Lock.ROW_SHARE);
    }

    private DdlStep release() {
        return release(Phase.CONSTRAIN, released())
                .undoneBy(Undo.by(
                        "let foreign key %s of %s reference the old table too".formatted(key.name(), key.holder()),
                        guardedAgain()));
    }

    /** The same in the contract, where it could not be made again as it was. */
    DdlStep releaseAtLast() {
        // In the end there is no old table, which tells in the phase before who references which.
        return release(Phase.CONTRACT, Relations.hasConstraint(key.holder(), second()).negated());
    }

    /** By itself: it locks the old table too, by way of which nobody but the triggers goes. */
    private DdlStep release(Phase phase, Fact done) {
        return DdlStep.catalogOnly(
                phase,
                "release-foreign-key",
                "let foreign key %s of %s reference the new table only".formatted(key.name(), key.holder()),
                done,
                commented(
                        "ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s".formatted(key.holder(), key.name()),
                        rename(second(), key.name()),
                        renameShares()))
                .under(Lock.NONE, Work.CATALOG)
                .alsoLocking(key.holder(), Lock.ACCESS_EXCLUSIVE)
                .alsoLocking(successor.retired(), Lock.ACCESS_EXCLUSIVE);
    }

    private List<DdlStep> guardedAgain() {
        Fact there = new Fact.And(released().negated(), Relations.hasConstraint(key.holder(), key.name()));
        DdlStep add = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "add-foreign-key",
                "add foreign key %s of %s to the old table for new rows".formatted(key.name(), key.holder()),
                there,
                commented(
                        rename(key.name(), second()),
                        "ALTER TABLE %s ADD CONSTRAINT %s %s NOT VALID"
                                .formatted(key.holder(), key.name(), key.referencing(successor.retired()))))
                .under(Lock.NONE, Work.CATALOG)
                .alsoLocking(key.holder(), Lock.ACCESS_EXCLUSIVE)
                .alsoLocking(successor.retired(), Lock.SHARE_ROW_EXCLUSIVE);
        return key.validated()
                ? List.of(
                        add,
                        validate(
                                key.name(),
                                successor.retired(),
                                new Fact.And(released().negated(), isValidated(key.name()))))
                : List.of(add);
    }

    private String rename(Identifier from, Identifier to) {
        return "ALTER TABLE %s RENAME CONSTRAINT %s TO %s".formatted(key.holder(), from, to);
    }

    private String[] commented(String... sql) {
        return Stream.concat(Stream.of(sql), ForeignKeyMoves.comment(key.comment(), key.holder(), key.name()))
                .toArray(String[]::new);
    }

    /** For each partition that is referenced PostgreSQL keeps a constraint, which 18 names after the one that was made. */
    private String renameShares() {
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
                Literal.of(second().value()),
                key.holder().sql().replace("'", "''").replace("%", "%%"),
                Literal.of(key.name().value())));
    }
}
