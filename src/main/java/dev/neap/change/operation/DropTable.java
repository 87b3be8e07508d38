package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Surroundings;
import dev.neap.catalog.Surroundings.OwnKey;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Drops a table, last of all, and only by the explicit command. Until then it bears another name, so that code which still
 * uses it fails at once and not after the rows are gone.
 *
 * <p>Its foreign keys go before it, each in a transaction of its own: dropping one locks the table that it references too,
 * and DROP TABLE would lock them all together.
 *
 * @param renameFirst whether it is renamed before
 */
public record DropTable(boolean renameFirst) implements Operation {

    @Override
    public String keyword() {
        return "drop_table";
    }

    @Override
    public Map<String, String> outline() {
        return Map.of("rename_first", Boolean.toString(renameFirst));
    }

    @Override
    public List<Probe> probes(String at) {
        return List.of(new Probe.Around(at, List.of()));
    }

    @Override
    public boolean isAlone() {
        return true;
    }

    @Override
    public List<Problem> check(Target target) {
        TableChecks checks = new TableChecks(target, target.answers().surroundings(target.at()));
        List<Problem> problems = new ArrayList<>(checks.mustStandAlone());
        problems.addAll(checks.nothingMustDepend());
        return problems;
    }

    @Override
    public Table after(Target target) {
        return target.table();
    }

    @Override
    public Parts parts(Target target) {
        Surroundings around = target.answers().surroundings(target.at());
        QualifiedName name = target.table().name();
        QualifiedName last = renameFirst ? name.sibling(target.names().retired(name.name())) : name;
        Parts parts = Parts.none();
        if (renameFirst) {
            parts = parts.expand(renameAway(target, last));
        }
        return parts
                .contract(keys(last, around.belongings().keys()).toArray(DdlStep[]::new))
                .contract(drop(last).destroying("the rows of table " + name + " are gone with it"))
                .gate("nothing needs the rows of table %s any more%s".formatted(
                        name, renameFirst ? ", and nothing has missed it since it is called " + last.name() : ""));
    }

    private static DdlStep renameAway(Target target, QualifiedName last) {
        QualifiedName name = target.table().name();
        long oid = target.table().oid();
        return DdlStep.catalogOnly(
                Phase.EXPAND,
                "rename-away",
                "call table " + name + " " + last.name() + ", so that whatever still uses it shows",
                Relations.isCalled(oid, last.name()),
                "ALTER TABLE " + name + " RENAME TO " + last.name())
                .undoneBy(new Undo(
                        "call it " + name.name() + " again",
                        List.of("ALTER TABLE " + last + " RENAME TO " + name.name()),
                        Lock.NONE,
                        Conduct.TRANSACTION,
                        Relations.isCalled(oid, name.name()))
                        .alsoLocking(last, Lock.ACCESS_EXCLUSIVE));
    }

    /** Drops its foreign keys, which has to be done before the table goes. */
    static List<DdlStep> keys(QualifiedName table, List<OwnKey> keys) {
        List<DdlStep> steps = new ArrayList<>();
        for (OwnKey key : keys) {
            Fact there = Relations.hasConstraint(table, key.name());
            steps.add(DdlStep.catalogOnly(
                    Phase.CONTRACT,
                    "drop-foreign-key",
                    "drop foreign key " + key.name() + " to " + key.to(),
                    there.negated(),
                    // In the order in which clients that write both lock them: the referenced one is locked last.
                    "ALTER TABLE " + table + " DROP CONSTRAINT IF EXISTS " + key.name())
                    .under(Lock.NONE, Work.CATALOG)
                    .alsoLocking(table, Lock.ACCESS_EXCLUSIVE)
                    .alsoLocking(key.to(), Lock.ACCESS_EXCLUSIVE)
                    .irreversible("the table is about to go"));
        }
        return steps;
    }

    static DdlStep drop(QualifiedName table) {
        return DdlStep.catalogOnly(
                Phase.CONTRACT,
                "drop-table",
                "drop table " + table,
                Relations.isThere(table).negated(),
                // Never CASCADE: what has come to depend on it meanwhile is its owner's to decide about.
                "DROP TABLE " + table)
                .under(Lock.NONE, Work.CATALOG)
                .alsoLocking(table, Lock.ACCESS_EXCLUSIVE);
    }
}
