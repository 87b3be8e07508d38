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
            DdlStep add = add(
                    successor(),
                    target.names().successor(reference.column()),
                    own.names().successor(key))
                    .undoneBy(Undo.catalogOnly("drop constraint " + successor(), exists.negated(), drop(successor())));
            return placed(reference.validated() ? List.of(add, validate(successor())) : List.of(add));
        }

        /** The old one, which needs the old key; the new column has its place already, unless it is in the key's table. */
        DdlStep dropOld() {
            List<DdlStep> again = guarded(
                    isSelf() ? reference.column() : target.names().predecessor(reference.column()), key);
            return placed(DdlStep.catalogOnly(
                    Phase.CONSTRAIN,
                    "drop-reference",
                    "drop foreign key " + reference.name() + ", whose successor guards the same references",
                    new Fact.HasConstraint(reference.name()).negated(),
                    drop(reference.name()))
                    .undoneBy(Undo.by("let foreign key " + reference.name() + " guard the old column again", again)));
        }

        /** For a rollback, once the key has changed places: the old reference, then no new one. */
        List<DdlStep> pointBack() {
            List<DdlStep> again = guarded(
                    target.names().predecessor(reference.column()), own.names().predecessor(key));
            DdlStep gone = DdlStep.catalogOnly(
                    Phase.CONSTRAIN,
                    "drop-reference",
                    "drop foreign key " + successor(),
                    new Fact.HasConstraint(successor()).negated(),
                    drop(successor()));
            return java.util.stream.Stream.concat(again.stream(), java.util.stream.Stream.of(gone))
                    .map(step -> step.on(target.table().name()))
                    .toList();
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

        private List<DdlStep> guarded(Identifier from, Identifier to) {
            DdlStep add = add(reference.name(), from, to);
            return reference.validated() ? List.of(add, validate(reference.name())) : List.of(add);
        }

        private DdlStep add(Identifier name, Identifier from, Identifier to) {
            return DdlStep.catalogOnly(
                    Phase.CONSTRAIN,
                    "add-reference",
                    "add foreign key " + name + " for new rows",
                    new Fact.HasConstraint(name),
                    target.alterTable() + " ADD CONSTRAINT " + name + " FOREIGN KEY (" + from + ") REFERENCES "
                            + own.table().name() + " (" + to + ")" + reference.rest() + " NOT VALID")
                    .under(Lock.SHARE_ROW_EXCLUSIVE, Work.CATALOG);
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
