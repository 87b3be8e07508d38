package dev.neap.change.operation;

import dev.neap.catalog.Key;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Surroundings;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.change.operation.PartitionBound.Named;
import dev.neap.sql.Identifier;
import dev.neap.step.Correspondence;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        Table table = target.table();
        Surroundings around = target.answers().surroundings(target.at());
        List<Identifier> key = primaryKey.isEmpty() ? Key.of(table).orElseThrow().names() : primaryKey;
        return new Successor(
                target,
                around,
                Correspondence.of(Successor.written(table), key, Successor.byText(target, key)),
                new Division(
                        key,
                        " PARTITION BY " + scheme.by() + " (" + Mirroring.list(scheme.key(), Identifier::sql) + ")",
                        scheme.partitions(table.name().name())));
    }

    @Override
    public Parts parts(Target target) {
        return new Replacement(successor(target)).parts()
                .gate("everything works with the partitioned table, and nobody wants the old one back");
    }
}
