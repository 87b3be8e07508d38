package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.catalog.Key;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.change.operation.PartitionBound.Named;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Discipline;
import dev.neap.step.DdlStep;
import dev.neap.step.LastLookStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.RowWork;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Divides a table into partitions while it is in use: a partitioned table is made beside it, follows it by trigger, gets
 * its rows, and takes its place in one short transaction. From then on the old table follows the new one, until the
 * contract drops it.
 *
 * @param primaryKey the new table's; the old one's if empty
 */
public record PartitionTable(PartitionScheme scheme, List<Identifier> primaryKey) implements Operation {

    public PartitionTable {
        primaryKey = List.copyOf(primaryKey);
    }

    @Override
    public String keyword() {
        return "partition_table";
    }

    @Override
    public Map<String, String> outline() {
        Map<String, String> outline = new TreeMap<>();
        outline.put("by", scheme.by().name().toLowerCase(Locale.ROOT));
        outline.put("key", Mirroring.list(scheme.key(), Identifier::sql));
        outline.put("default", Boolean.toString(scheme.rest()));
        for (Named partition : scheme.named()) {
            outline.put("partitions." + partition.name().value(), partition.bound().sql());
        }
        scheme.every().ifPresent(every -> outline.put("every", every.words()));
        scheme.modulus().ifPresent(modulus -> outline.put("modulus", Integer.toString(modulus)));
        if (!primaryKey.isEmpty()) {
            outline.put("primary_key", Mirroring.list(primaryKey, Identifier::sql));
        }
        return outline;
    }

    @Override
    public List<Probe> probes(String at) {
        return List.of(new Probe.Around(at, scheme.named().stream().map(Named::name).toList()));
    }

    @Override
    public boolean isAlone() {
        return true;
    }

    @Override
    public List<Problem> check(Target target) {
        return new PartitionChecks(this, target).problems();
    }

    @Override
    public Table after(Target target) {
        return target.table();
    }

    private Successor successor(Target target) {
        List<Identifier> key = primaryKey.isEmpty()
                ? Key.of(target.table()).orElseThrow().names()
                : primaryKey;
        return new Successor(
                target,
                key,
                " PARTITION BY " + scheme.by() + " (" + Mirroring.list(scheme.key(), Identifier::sql) + ")",
                scheme.partitions(target.table().name().name()));
    }

    @Override
    public Parts parts(Target target) {
        Successor successor = successor(target);
        TableSwap swap = new TableSwap(successor);
        ForeignKeyMoves keys = new ForeignKeyMoves(successor);
        List<DdlStep> constrain = new ArrayList<>(keys.own());
        constrain.add(analyze(successor));
        constrain.add(swap.arm());
        constrain.add(swap.swap());
        constrain.addAll(keys.incoming());
        List<DdlStep> contract = new ArrayList<>(keys.release());
        contract.add(stopFollowing(successor));
        contract.addAll(DropTable.keys(successor.retired(), successor.around().belongings().keys()));
        contract.add(DropTable.drop(successor.retired()).irreversible("its rows are in the new table only"));
        return Parts.none()
                .expand(successor.create(), follow(successor))
                .backfill(copy("copy", "copy every row to " + successor.before(), successor.mirror(), target))
                .constrain(constrain)
                .contract(contract.toArray(DdlStep[]::new))
                .gate("everything works with the partitioned table, and nobody wants the old one back");
    }

    private static BackfillStep copy(String slug, String title, RowWork.Mirror mirror, Target target) {
        return new BackfillStep(
                slug, title, mirror, Optional.of(mirror.missing(target.table().name())), Discipline.CONVERGENT);
    }

    private static DdlStep follow(Successor successor) {
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
    private static DdlStep analyze(Successor successor) {
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "analyze",
                "gather statistics of the new table",
                successor.swapped(),
                "ANALYZE " + successor.before())
                .under(Lock.NONE, Work.CATALOG)
                .alsoLocking(successor.before(), Lock.SHARE_UPDATE_EXCLUSIVE, Work.SCAN);
    }

    private static DdlStep stopFollowing(Successor successor) {
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

    /**
     * The look that both tables hold the same, once more before the old one goes; empty if the backfill is of another
     * kind.
     */
    public static Optional<LastLookStep> lastLook(BackfillStep backfill, Table table, Names names) {
        if (!(backfill.work() instanceof RowWork.Mirror mirror)) {
            return Optional.empty();
        }
        QualifiedName retired = table.name().sibling(names.retired(table.name().name()));
        RowWork.Mirror back = new RowWork.Mirror(retired, mirror.columns(), mirror.key(), mirror.apart());
        BackfillStep look = new BackfillStep(
                "last-look",
                "compare with the old table",
                back,
                Optional.of(back.missing(table.name())),
                Discipline.CONVERGENT);
        return Optional.of(new LastLookStep(
                "last-look",
                "see that both tables hold the same",
                look,
                new Fact.And(
                        Relations.isThere(retired),
                        Relations.hasFunction(names.mirrorFunction("back")))));
    }
}
