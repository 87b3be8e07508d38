package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.sql.Identifier;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps by which a table gets an index while everyone reads and writes: one build; on a partitioned table a build for
 * each partition, then an index of the whole that takes them over.
 *
 * @param tail what follows the table in CREATE INDEX
 * @param settings statements that give it what its definition does not tell
 */
record IndexSteps(Identifier name, boolean unique, String tail, List<String> settings) {

    List<DdlStep> of(Target target) {
        if (!LeafSteps.isPartitioned(target.table())) {
            return List.of(CreateIndex.build(target, name, unique, tail, settings));
        }
        List<DdlStep> steps = new ArrayList<>(new LeafSteps(target)
                .each((leaf, called) -> List.of(CreateIndex.build(leaf, called, unique, tail)), name));
        steps.add(whole(target));
        return steps;
    }

    private DdlStep whole(Target target) {
        List<String> sql = new ArrayList<>();
        sql.add("CREATE " + (unique ? "UNIQUE " : "") + "INDEX " + name + " ON " + target.table().name() + " " + tail);
        sql.addAll(settings);
        return DdlStep.catalogOnly(
                Phase.CONSTRAIN,
                "create-whole-index",
                "make index " + name + " of those of all partitions",
                new Fact.HasValidIndex(name),
                sql.toArray(String[]::new))
                .under(Lock.SHARE, Work.CATALOG)
                .undoneBy(drop(target, name));
    }

    /** Of a partitioned table: those of its partitions go with it, under ACCESS EXCLUSIVE on all of them. */
    static Undo drop(Target target, Identifier index) {
        return Undo.catalogOnly(
                "drop index " + index + " of all partitions",
                new Fact.HasIndex(index).negated(),
                "DROP INDEX " + target.table().name().sibling(index));
    }
}
