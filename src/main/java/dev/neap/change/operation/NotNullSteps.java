package dev.neap.change.operation;

import dev.neap.catalog.Constraint;
import dev.neap.catalog.Fact;
import dev.neap.catalog.Table;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * NOT NULL without a scan under ACCESS EXCLUSIVE. Since PostgreSQL 18 it is a constraint like others, that may be added
 * NOT VALID and validated later. Before, a CHECK that is not validated at first, validated while everyone reads and
 * writes, proves the NOT NULL (manual, ALTER TABLE, SET NOT NULL), and goes.
 */
final class NotNullSteps {

    /** The first version in which NOT NULL may be NOT VALID. */
    static final int NOT_VALID_SINCE = 18;

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
        return target.table().server().major() >= NOT_VALID_SINCE
                ? byConstraint(target, column, name.orElseGet(() -> usual(target, column)))
                : byCheck(target, column);
    }

    private static List<DdlStep> byConstraint(Target target, Identifier column, Identifier name) {
        Fact done = new Fact.IsNotNull(column);
        Fact there = new Fact.HasConstraint(name);
        DdlStep add = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "refuse-null",
                "refuse new NULLs in " + column,
                new Fact.Or(there, done),
                target.alterTable() + " ADD CONSTRAINT " + name + " NOT NULL " + column + " NOT VALID")
                .undoneBy(Undo.catalogOnly(
                        "make " + column + " nullable again",
                        new Fact.And(there.negated(), done.negated()),
                        dropped(target, column)));
        DdlStep validate = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "validate-not-null",
                "prove that no " + column + " is NULL",
                done,
                target.alterTable() + " VALIDATE CONSTRAINT " + name)
                .under(Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN)
                .unless(new OffendingRows(target.table()).nulls(column));
        return List.of(add, validate);
    }

    /** A primary key of a partition makes the NOT NULL that it inherits its own, which then outlives the parent's. */
    private static String[] dropped(Target target, Identifier column) {
        return Stream.concat(
                Stream.of(dropped(target.table(), column)),
                target.neighbours()
                        .stream()
                        .filter(leaf -> leaf.column(column).filter(there -> !there.notNull()).isPresent())
                        .map(leaf -> ifPartition(leaf, dropped(leaf, column))))
                .toArray(String[]::new);
    }

    private static String dropped(Table table, Identifier column) {
        return "ALTER TABLE " + table.name() + " ALTER COLUMN " + column + " DROP NOT NULL";
    }

    /** One that was detached meanwhile keeps its primary key, for which the column must stay NOT NULL. */
    private static String ifPartition(Table leaf, String sql) {
        return "DO " + Literal.dollarQuoted("neap", """

                BEGIN
                  IF NOT (%s) THEN
                    %s;
                  END IF;
                END
                """.formatted(Relations.isNoPartition(leaf.name()).sql(), sql));
    }

    /** As PostgreSQL itself would call it. */
    private static Identifier usual(Target target, Identifier column) {
        String stem = target.table().name().name().value() + "_" + column.value();
        Identifier name = Identifier.shortened(stem, "_not_null");
        for (int i = 1; target.table().constraint(name).isPresent(); i++) {
            name = Identifier.shortened(stem, "_not_null" + i);
        }
        return name;
    }

    private static List<DdlStep> byCheck(Target target, Identifier column) {
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
                .under(Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN)
                .unless(new OffendingRows(target.table()).nulls(column));
        DdlStep set = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "set-not-null",
                "make " + column + " NOT NULL",
                done,
                target.alterTable() + " ALTER COLUMN " + column + " SET NOT NULL")
                .undoneBy(Undo.catalogOnly(
                        "make " + column + " nullable again",
                        done.negated(),
                        target.alterTable() + " ALTER COLUMN " + column + " DROP NOT NULL"));
        DdlStep clear = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "drop-check",
                "drop the check that proved it",
                // As the last of several it tells whether all of them are done: no check is there before the first, either.
                new Fact.And(new Fact.HasConstraint(check).negated(), done),
                target.alterTable() + " DROP CONSTRAINT IF EXISTS " + check);
        return List.of(add, validate, set, clear);
    }
}
