package dev.neap.change.operation;

import dev.neap.catalog.Answers.ConstraintText;
import dev.neap.catalog.Answers.IndexText;
import dev.neap.catalog.Constraint;
import dev.neap.catalog.Fact;
import dev.neap.catalog.Retyped.UniqueText;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes anew what hangs on a column, over the column that is to take its place, without blocking anyone. Each thing is
 * called {@link Names#successor} until it gets its predecessor's name.
 */
final class Successors {

    private final Target target;

    Successors(Target target) {
        this.target = target;
    }

    List<DdlStep> indexes(List<IndexText> indexes) {
        return indexes.stream()
                .map(index -> CreateIndex.build(target, successor(index.name()), index.unique(), index.tail()))
                .toList();
    }

    List<DdlStep> constraints(List<ConstraintText> constraints) {
        return constraints.stream().flatMap(constraint -> constraintSteps(constraint).stream()).toList();
    }

    /**
     * Unique constraints; of a primary key, of which there can only be one, the index alone, and one more over the old
     * column, so that neither way of the swap has to build one.
     */
    List<DdlStep> uniques(List<UniqueText> uniques) {
        return uniques.stream()
                .flatMap(unique -> unique.primary()
                        ? Stream.of(
                                CreateIndex.build(target, successor(unique.name()), true, unique.tail()),
                                CreateIndex.build(
                                        target, target.names().predecessor(unique.name()), true, unique.present()))
                        : Stream.of(
                                CreateIndex.build(target, successor(unique.name()), true, unique.tail()),
                                attach(unique)))
                .toList();
    }

    /** A step that drops the old column drops its foreign keys too, and PostgreSQL takes their triggers off the parents. */
    static DdlStep dropping(DdlStep step, List<ConstraintText> constraints) {
        DdlStep dropping = step;
        for (ConstraintText constraint : constraints) {
            if (constraint.parent().isPresent()) {
                dropping = dropping.alsoLocking(constraint.parent().get(), Lock.ACCESS_EXCLUSIVE);
            }
        }
        return dropping;
    }

    /** Gives indexes the names of those that have gone with the old column. */
    DdlStep[] renameIndexes(List<IndexText> indexes) {
        return indexes.stream().map(this::renameIndex).toArray(DdlStep[]::new);
    }

    /** The same for constraints. */
    DdlStep[] renameConstraints(List<ConstraintText> constraints) {
        return constraints.stream().map(this::renameConstraint).toArray(DdlStep[]::new);
    }

    private Identifier successor(Identifier name) {
        return target.names().successor(name);
    }

    private DdlStep attach(UniqueText unique) {
        Identifier successor = successor(unique.name());
        Fact exists = new Fact.HasConstraint(successor);
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "add-constraint",
                "make constraint " + successor + " of index " + successor,
                exists,
                target.alterTable() + " ADD CONSTRAINT " + successor + " UNIQUE USING INDEX " + successor
                        + unique.deferral())
                .undoneBy(Undo.catalogOnly(
                        "drop constraint " + successor,
                        exists.negated(),
                        target.alterTable() + " DROP CONSTRAINT " + successor));
    }

    private List<DdlStep> constraintSteps(ConstraintText constraint) {
        Identifier name = successor(constraint.name());
        Fact exists = new Fact.HasConstraint(name);
        Undo undo = new Undo(
                "drop constraint " + name,
                List.of(target.alterTable() + " DROP CONSTRAINT " + name),
                Lock.ACCESS_EXCLUSIVE,
                Conduct.TRANSACTION,
                exists.negated());
        DdlStep add = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "add-constraint",
                "add constraint " + name + " for new rows",
                exists,
                target.alterTable() + " ADD CONSTRAINT " + name + " " + constraint.definition() + " NOT VALID")
                .undoneBy(undo);
        if (constraint.parent().isPresent()) {
            add = add.under(Lock.SHARE_ROW_EXCLUSIVE, Work.CATALOG)
                    .alsoLocking(constraint.parent().get(), Lock.SHARE_ROW_EXCLUSIVE)
                    .undoneBy(undo.alsoLocking(constraint.parent().get(), Lock.ACCESS_EXCLUSIVE));
        }
        DdlStep validate = DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "validate-constraint",
                "prove constraint " + name + " for old rows",
                new Fact.IsValidated(name),
                target.alterTable() + " VALIDATE CONSTRAINT " + name)
                .under(Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN);
        return isValidated(constraint.name()) ? List.of(add, validate) : List.of(add);
    }

    /** Of one that is not valid, old rows may break its successor too. */
    private boolean isValidated(Identifier constraint) {
        return target.table().constraint(constraint).map(Constraint::validated).orElse(true);
    }

    private DdlStep renameIndex(IndexText index) {
        Identifier successor = successor(index.name());
        List<String> sql = new ArrayList<>();
        sql.add("ALTER INDEX " + target.table().name().sibling(successor) + " RENAME TO " + index.name());
        sql.addAll(index.settings(target.table().name().sibling(index.name())));
        return DdlStep.catalogOnly(
                Phase.CONTRACT,
                "rename-index",
                "call index " + successor + " " + index.name(),
                new Fact.HasIndex(successor).negated(),
                sql.toArray(String[]::new))
                .under(Lock.SHARE_UPDATE_EXCLUSIVE, Work.CATALOG);
    }

    private DdlStep renameConstraint(ConstraintText constraint) {
        Identifier successor = successor(constraint.name());
        List<String> sql = new ArrayList<>();
        sql.add(target.alterTable() + " RENAME CONSTRAINT " + successor + " TO " + constraint.name());
        constraint
                .comment()
                .map(text -> "COMMENT ON CONSTRAINT " + constraint.name() + " ON " + target.table().name() + " IS "
                        + Literal.of(text))
                .ifPresent(sql::add);
        return DdlStep.catalogOnly(
                Phase.CONTRACT,
                "rename-constraint",
                "call constraint " + successor + " " + constraint.name(),
                new Fact.HasConstraint(successor).negated(),
                sql.toArray(String[]::new));
    }
}
