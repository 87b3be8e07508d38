package dev.neap.change.operation;

import dev.neap.catalog.Constraint;
import dev.neap.catalog.Fact;
import dev.neap.catalog.Table;
import dev.neap.sql.Identifier;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.List;
import java.util.Optional;

/**
 * NOT NULL without a scan under ACCESS EXCLUSIVE: a CHECK that is not validated at first, validated while everyone reads
 * and writes, then proves the NOT NULL (PostgreSQL manual, ALTER TABLE, SET NOT NULL), and goes.
 */
final class NotNullSteps {

    private NotNullSteps() {}

    static List<DdlStep> of(Target target, Identifier column) {
        return of(target, column, Optional.empty());
    }

    /** The name of a column's own NOT NULL constraint: since PostgreSQL 18 it has one. */
    static Optional<Identifier> constraint(Table table, Identifier column) {
        return table.constraints()
                .stream()
                .filter(constraint -> constraint.kind() == Constraint.Kind.NOT_NULL
                        && constraint.columns().equals(List.of(column)))
                .map(Constraint::name)
                .findFirst();
    }

    /** @param name of the constraint, where it has one; empty for the one that PostgreSQL gives it */
    static List<DdlStep> of(Target target, Identifier column, Optional<Identifier> name) {
        Identifier check = target.names().notNullCheck(column);
        String drop = target.alterTable() + " DROP CONSTRAINT " + check;
        Fact done = new Fact.IsNotNull(column);
        DdlStep add = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "check-not-null",
                "refuse new NULLs in " + column,
                new Fact.Or(new Fact.HasConstraint(check), done),
                target.alterTable() + " ADD CONSTRAINT " + check + " CHECK (" + column + " IS NOT NULL) NOT VALID")
                .undoneBy(Undo.catalogOnly(
                        "let NULLs in " + column + " again", new Fact.HasConstraint(check).negated(), drop));
        DdlStep validate = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "validate-not-null",
                "prove that no " + column + " is NULL",
                new Fact.Or(new Fact.IsValidated(check), done),
                target.alterTable() + " VALIDATE CONSTRAINT " + check)
                .under(Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN);
        DdlStep set = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "set-not-null",
                "make " + column + " NOT NULL",
                done,
                target.alterTable()
                        + name.map(given -> " ADD CONSTRAINT " + given + " NOT NULL " + column)
                                .orElse(" ALTER COLUMN " + column + " SET NOT NULL"))
                .undoneBy(Undo.catalogOnly(
                        "make " + column + " nullable again",
                        done.negated(),
                        target.alterTable() + " ALTER COLUMN " + column + " DROP NOT NULL"));
        DdlStep clear = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "drop-check",
                "drop the check that proved it",
                new Fact.HasConstraint(check).negated(),
                drop);
        return List.of(add, validate, set, clear);
    }
}
