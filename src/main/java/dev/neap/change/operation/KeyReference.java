package dev.neap.change.operation;

import dev.neap.catalog.Constraint;
import dev.neap.catalog.Fact;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.List;
import java.util.Optional;

/**
 * A foreign key to a key that is widened.
 *
 * @param holder its table
 * @param column the one that references
 * @param rest what follows the referenced column in its definition: {@code  ON DELETE CASCADE}
 */
record KeyReference(QualifiedName holder, Identifier name, Identifier column, boolean validated, String rest) {

    static KeyReference of(Table holder, Constraint constraint) {
        String definition = constraint.definition();
        int end = definition.indexOf(')', definition.indexOf(" REFERENCES ")) + 1;
        return new KeyReference(
                holder.name(),
                constraint.name(),
                constraint.columns().getFirst(),
                constraint.validated(),
                definition.substring(end).replace(" NOT VALID", ""));
    }

    /** Why it can't be made a second time; empty if it can. */
    List<Problem> problems(Target target) {
        return rest.contains("(") || rest.contains("NOT ENFORCED")
                ? List.of(target.problem(
                        "column",
                        "Foreign key %s of table %s says%s, which can't be made a second time."
                                .formatted(name, holder, rest),
                        "Drop the foreign key first, and add it again once the change is completed."))
                : List.of();
    }

    /**
     * What becomes of it.
     *
     * @param own the table of the key
     * @param target its own table, which may be the same
     */
    record Placed(KeyReference reference, Target own, Target target, Identifier key) {

        private Identifier successor() {
            return target.names().successor(reference.name());
        }

        private boolean isSelf() {
            return target.table().name().equals(own.table().name());
        }

        /** The new column's reference to the new key, valid before anything changes places. */
        List<DdlStep> point() {
            Fact exists = new Fact.HasConstraint(successor());
            Undo undo = Undo.catalogOnly("drop constraint " + successor(), exists.negated(), drop(successor()));
            DdlStep add = add(
                    successor(),
                    target.names().successor(reference.column()),
                    own.names().successor(key))
                    .undoneBy(isSelf() ? undo : undo.alsoLocking(own.table().name(), Lock.ACCESS_EXCLUSIVE));
            return placed(reference.validated() ? List.of(add, validate(successor())) : List.of(add));
        }

        /**
         * Lets the old one go, which needs the old key. The new column has its place already: else what the reference does
         * ON DELETE would no longer reach the column that is read. In the key's own table that is so only after the swap.
         */
        Optional<DdlStep> dropOld() {
            return isSelf()
                    ? Optional.empty()
                    : Optional.of(placed(DdlStep.catalogOnly(
                            Phase.CONSTRAIN,
                            "drop-reference",
                            "drop foreign key " + reference.name() + ", whose successor guards the same references",
                            new Fact.HasConstraint(reference.name()).negated(),
                            drop(reference.name()))
                            .alsoLocking(own.table().name(), Lock.ACCESS_EXCLUSIVE)
                            .undoneBy(Undo.by(
                                    "let foreign key " + reference.name() + " guard the old column again",
                                    guarded(key)))));
        }

        /** The same within the swap. */
        Optional<String> dropWithin() {
            return isSelf() ? Optional.of(drop(reference.name())) : Optional.empty();
        }

        /** For a rollback, while the key has its new place: the old reference again, beside the new one. */
        List<DdlStep> guardOld() {
            return placed(guarded(own.names().predecessor(key)));
        }

        /** For a rollback, once the old column is read again: the new reference goes, which needs the new key. */
        Optional<DdlStep> dropSuccessor() {
            return isSelf()
                    ? Optional.empty()
                    : Optional.of(placed(DdlStep.catalogOnly(
                            Phase.CONSTRAIN,
                            "drop-reference",
                            "drop foreign key " + successor(),
                            new Fact.HasConstraint(successor()).negated(),
                            drop(successor()))
                            .alsoLocking(own.table().name(), Lock.ACCESS_EXCLUSIVE)));
        }

        /** The same within the way back of the swap. */
        Optional<String> dropSuccessorWithin() {
            return isSelf() ? Optional.of(drop(successor())) : Optional.empty();
        }

        /** In the end it is called as it was. */
        DdlStep rename() {
            return placed(DdlStep.catalogOnly(
                    Phase.CONTRACT,
                    "rename-constraint",
                    "call constraint " + successor() + " " + reference.name(),
                    new Fact.HasConstraint(successor()).negated(),
                    target.alterTable() + " RENAME CONSTRAINT " + successor() + " TO " + reference.name()));
        }

        private List<DdlStep> guarded(Identifier to) {
            DdlStep add = add(reference.name(), target.names().predecessor(reference.column()), to);
            return reference.validated() ? List.of(add, validate(reference.name())) : List.of(add);
        }

        private DdlStep add(Identifier name, Identifier from, Identifier to) {
            DdlStep add = DdlStep.catalogOnly(
                    Phase.CONSTRAIN,
                    "add-reference",
                    "add foreign key " + name + " for new rows",
                    new Fact.HasConstraint(name),
                    target.alterTable() + " ADD CONSTRAINT " + name + " FOREIGN KEY (" + from + ") REFERENCES "
                            + own.table().name() + " (" + to + ")" + reference.rest() + " NOT VALID")
                    .under(Lock.SHARE_ROW_EXCLUSIVE, Work.CATALOG);
            return isSelf() ? add : add.alsoLocking(own.table().name(), Lock.SHARE_ROW_EXCLUSIVE);
        }

        private DdlStep validate(Identifier name) {
            return DdlStep.catalogOnly(
                    Phase.CONSTRAIN,
                    "validate-reference",
                    "prove foreign key " + name + " for old rows",
                    new Fact.IsValidated(name),
                    target.alterTable() + " VALIDATE CONSTRAINT " + name)
                    .under(Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN);
        }

        private String drop(Identifier name) {
            return target.alterTable() + " DROP CONSTRAINT " + name;
        }

        private List<DdlStep> placed(List<DdlStep> steps) {
            return steps.stream().map(this::placed).toList();
        }

        private DdlStep placed(DdlStep step) {
            return isSelf() ? step : step.on(target.table().name());
        }
    }
}
