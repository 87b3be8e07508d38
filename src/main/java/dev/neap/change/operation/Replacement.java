package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.catalog.Table;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Discipline;
import dev.neap.step.Correspondence.Direction;
import dev.neap.step.DdlStep;
import dev.neap.step.LastLookStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.RowWork;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a successor in the place of a table while it is in use: it is made beside it, follows it by trigger, gets its rows,
 * and takes its place in one short transaction. From then on the old table follows the new one, until the contract drops
 * it.
 */
public final class Replacement {

    private final Successor successor;

    Replacement(Successor successor) {
        this.successor = successor;
    }

    /** All of it, but for the question at the gate. */
    Parts parts() {
        TableSwap swap = new TableSwap(successor);
        ForeignKeyMoves keys = new ForeignKeyMoves(successor);
        List<DdlStep> constrain = new ArrayList<>(keys.own());
        constrain.add(analyze());
        constrain.add(swap.arm());
        constrain.add(swap.swap());
        constrain.addAll(keys.retire());
        constrain.addAll(keys.incoming());
        StayingRows.letMove(successor).ifPresent(constrain::add);
        List<DdlStep> contract = new ArrayList<>(keys.release());
        contract.add(stopFollowing());
        contract.addAll(keys.left());
        contract.add(drop());
        RowWork.Mirror mirror = successor.mirror();
        return Parts.none()
                .expand(successor.create(), follow())
                .backfill(compared("copy", "copy every row to " + successor.before(), mirror, successor.name()))
                .constrain(constrain)
                .contract(contract.toArray(DdlStep[]::new));
    }

    private static BackfillStep compared(String slug, String title, RowWork.Mirror mirror, QualifiedName table) {
        return new BackfillStep(slug, title, mirror, Optional.of(mirror.missing(table)), Discipline.CONVERGENT);
    }

    private DdlStep follow() {
        Mirroring forth = successor.forth();
        Fact there = Relations.hasTrigger(successor.name(), forth.truncateTrigger());
        return DdlStep.catalogOnly(
                Phase.EXPAND,
                "follow",
                "let it follow whatever is written to " + successor.name(),
                new Fact.Or(there, successor.swapped()),
                forth.create().toArray(String[]::new))
                .under(Lock.SHARE_ROW_EXCLUSIVE, Work.CATALOG)
                .undoneBy(Undo.catalogOnly(
                        "let it no longer follow",
                        Relations.hasFunction(forth.function()).negated(),
                        forth.drop().toArray(String[]::new)));
    }

    /** Without statistics the first queries after the swap would be planned blindly. */
    private DdlStep analyze() {
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "analyze",
                "gather statistics of the new table",
                successor.swapped(),
                "ANALYZE " + successor.before())
                .under(Lock.NONE, Work.CATALOG)
                .alsoLocking(successor.before(), Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN);
    }

    private DdlStep stopFollowing() {
        Mirroring back = successor.back();
        List<String> sql = new ArrayList<>();
        // DROP TRIGGER alone locks the partitions first and their parent last, and clients the other way round.
        sql.add("LOCK TABLE ONLY " + successor.name() + " IN ACCESS EXCLUSIVE MODE");
        sql.addAll(back.drop());
        return DdlStep.catalogOnly(
                Phase.CONTRACT,
                "stop-following",
                "let the old table no longer follow",
                Relations.hasFunction(back.function()).negated(),
                sql.toArray(String[]::new))
                .irreversible("what is written from now on is in the new table only");
    }

    private DdlStep drop() {
        DdlStep drop = DropTable.drop(successor.retired());
        return successor.layout()
                .loss()
                .map(drop::destroying)
                .orElseGet(() -> drop.irreversible("its rows are in the new table only"));
    }

    /**
     * The look that both tables hold the same, once more before the old one goes; empty if the backfill is of another
     * kind.
     */
    public static Optional<LastLookStep> lastLook(BackfillStep backfill, Table table, Names names) {
        if (!(backfill.work() instanceof RowWork.Mirror mirror)) {
            return Optional.empty();
        }
        QualifiedName retired = table.name().sibling(names.retired(table.name().name()));
        RowWork.Mirror back = new RowWork.Mirror(retired, mirror.rows(), Direction.BACK);
        return Optional.of(new LastLookStep(
                "last-look",
                "see that both tables hold the same",
                compared("last-look", "compare with the old table", back, table.name()),
                new Fact.And(
                        Relations.isThere(retired),
                        Relations.hasFunction(names.mirrorFunction("back"))),
                Map.of()));
    }
}
