package dev.neap.change.operation;

import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.catalog.Column;
import dev.neap.catalog.Fact;
import dev.neap.catalog.Retyped;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep.Assignment;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Puts a second column, of another type, in the place of a first one: it is made beside it, follows it while rows are
 * filled and what hangs on it is made anew, then takes its name in one short transaction. From then on the first one
 * follows the second, so that they can change back, until the contract drops it.
 *
 * <p>The second column is called {@link Names#successor} until the swap, the first one {@link Names#predecessor} after it.
 */
final class Succession {

    private static final Set<String> INTEGERS = Set.of("smallint", "integer", "bigint");

    private final Target target;
    private final Column old;
    private final Retyped retyped;
    private final Making making;
    private final Identifier fresh;
    private final Identifier past;

    /**
     * How either value is made from the other.
     *
     * @param using SQL over the table before the swap
     * @param reverse SQL over the table after it
     * @param faithful whether the new value always tells what the old one was
     */
    record Making(
            String using,
            ExpressionFacts usingFacts,
            String reverse,
            ExpressionFacts reverseFacts,
            boolean faithful) {}

    Succession(Target target, Column old, Retyped retyped, Making making) {
        this.target = target;
        this.old = old;
        this.retyped = retyped;
        this.making = making;
        this.fresh = target.names().successor(old.name());
        this.past = target.names().predecessor(old.name());
    }

    /** All of it, but for the question at the gate. */
    Parts parts() {
        return parts(swap -> swap);
    }

    /** @param around adds to the swap what else its transaction does */
    Parts parts(UnaryOperator<Swap> around) {
        SyncRule follow = new SyncRule.Derived(fresh, making.using(), making.usingFacts().columns());
        SyncRule lead = new SyncRule.Follows(
                past,
                making.reverse(),
                making.reverseFacts().columns(),
                new SyncRule.Sides.Value(
                        old.name(), retyped.type(), making.using(), making.usingFacts().columns()));
        Successors successors = new Successors(target);
        Parts parts = Parts.none()
                .expand(addColumn())
                .sync(follow)
                .fill(new Fill(
                        new Assignment(fresh, making.using()),
                        retyped.collation().isPresent()
                                ? Comparison.differsInBytes(
                                        fresh, making.using(), retyped.type(), making.usingFacts())
                                : Comparison.differs(fresh, making.using(), retyped.type(), making.usingFacts()),
                        true));
        if (old.notNull()) {
            parts = parts.constrain(NotNullSteps.of(
                    target,
                    fresh,
                    NotNullSteps.constraint(target.table(), old.name()).map(target.names()::successor)));
        }
        parts = parts.constrain(successors.indexes(retyped.indexes()))
                .constrain(successors.uniques(retyped.uniques()))
                .constrain(successors.constraints(retyped.constraints()))
                .swap(around.apply(new Swap(
                        old.name(),
                        retyped.type(),
                        "call the new column " + old.name(),
                        "call the old column " + old.name() + " again",
                        SwapStatements.forth(target, old, retyped),
                        SwapStatements.back(target, old, retyped),
                        new Fact.HasColumn(past),
                        new Fact.IsOfType(old.name(), old.type(), old.collation()),
                        follow,
                        lead,
                        new SwapLook(target, old, retyped, making).fill(),
                        Swap.Prelude.NONE)));
        if (old.origin() == Column.Origin.PLAIN && retyped.sequence().isPresent()) {
            parts = carrySequence(parts, retyped.sequence().get());
        }
        return parts.contract(Successors.dropping(dropOld(), retyped.constraints()));
    }

    private DdlStep addColumn() {
        List<String> sql = new ArrayList<>();
        sql.add(target.alterTable() + " ADD COLUMN " + fresh + " " + retyped.type()
                + retyped.collation().map(name -> " COLLATE " + name).orElse(""));
        sql.addAll(retyped.settings());
        Fact exists = new Fact.HasColumn(fresh);
        return DdlStep.catalogOnly(
                Phase.EXPAND,
                "add-column",
                "add column " + fresh + " beside " + old.name(),
                new Fact.Or(exists, new Fact.HasColumn(past)),
                sql.toArray(String[]::new))
                .undoneBy(Undo.catalogOnly(
                        "drop column " + fresh, exists.negated(), target.alterTable() + " DROP COLUMN " + fresh));
    }

    /** A serial's: it goes on as it is, as large as the new type, and would be dropped with the old column. */
    private Parts carrySequence(Parts parts, QualifiedName sequence) {
        Parts grown = INTEGERS.contains(old.type()) && INTEGERS.contains(retyped.type())
                ? parts.constrain(List.of(retype(sequence)))
                : parts;
        return grown.handover(DdlStep.catalogOnly(
                Phase.CONTRACT,
                "own-sequence",
                "let sequence %s go with the new column".formatted(sequence),
                new Fact.Never(),
                "ALTER SEQUENCE %s OWNED BY %s.%s".formatted(sequence, target.table().name(), old.name()))
                .under(Lock.SHARE_ROW_EXCLUSIVE, Work.CATALOG));
    }

    private DdlStep retype(QualifiedName sequence) {
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "retype-sequence",
                "let sequence %s count as far as the new type".formatted(sequence),
                new Fact.Never(),
                "ALTER SEQUENCE %s AS %s".formatted(sequence, retyped.type()))
                .under(Lock.SHARE_ROW_EXCLUSIVE, Work.CATALOG)
                .undoneBy(new Undo(
                        "let sequence %s count as far as the old type".formatted(sequence),
                        List.of("ALTER SEQUENCE %s AS %s".formatted(sequence, old.type())),
                        Lock.SHARE_ROW_EXCLUSIVE,
                        Conduct.TRANSACTION,
                        new Fact.Never()));
    }

    private DdlStep dropOld() {
        DdlStep drop = DdlStep.catalogOnly(
                Phase.CONTRACT,
                "drop-column",
                "drop column " + past + ", which was " + old.name(),
                new Fact.HasColumn(past).negated(),
                // In one transaction with the sync triggers, which have to go also if somebody dropped the column by hand.
                target.alterTable() + " DROP COLUMN IF EXISTS " + past);
        return making.faithful()
                ? drop.irreversible(
                        "the values of the old type are gone; column " + old.name() + " has them in the new one")
                : drop.destroying("the values that column %s had as %s are gone; it has what was made of them as %s"
                        .formatted(old.name(), old.type(), retyped.type()));
    }
}
