package dev.neap.preflight.check;

import dev.neap.catalog.Table;
import java.util.ArrayList;
import java.util.List;

/** Partitions and inheritance: what is done to one table is done to others, or can't be done to one alone. */
final class Partitioning implements Check {

    @Override
    public String id() {
        return "partitioning";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.table().map(table -> find(target, table)).orElse(List.of());
    }

    private List<Finding> find(Target target, Table table) {
        Family family = target.jdbc()
                .sql(
                        """
                                SELECT c.relkind = 'p', c.relispartition,
                                       (SELECT count(*) FROM pg_inherits i WHERE i.inhparent = c.oid),
                                       (SELECT i.inhparent::regclass::text FROM pg_inherits i WHERE i.inhrelid = c.oid LIMIT 1)
                                FROM pg_class c
                                WHERE c.oid = :oid""")
                .param("oid", table.oid())
                .query((row, n) -> {
                    String parent = row.getString(4);
                    return new Family(
                            row.getBoolean(1), row.getBoolean(2), row.getInt(3), parent == null ? "" : parent);
                })
                .single();
        List<Finding> findings = new ArrayList<>();
        String object = Target.named(table);
        if (family.partition()) {
            String fact = "It is a partition of %s: columns can't be added to or dropped from it alone."
                    .formatted(family.parent());
            String remedy = "Write the change for %s.".formatted(family.parent());
            findings.add(target.ddl().anyMatch(step -> step.slug().endsWith("-column"))
                    ? blocker(object, fact, remedy)
                    : note(object, fact, remedy));
        }
        if (family.partitioned()) {
            findings.add(note(
                    object,
                    ("It has %d partitions: each ALTER TABLE locks all of them at once, and the backfill "
                            + "works through them all.")
                            .formatted(family.children()),
                    "Nothing to do; the lock must be granted on every partition, so a busy one delays it."));
        } else if (family.children() > 0) {
            String heirs = "%d tables inherit from it: UPDATE and ALTER TABLE reach them too"
                    .formatted(family.children());
            String remedy = "Make them partitions, or detach them with ALTER TABLE … NO INHERIT first.";
            findings.add(
                    target.keepsColumnsInStep()
                            ? blocker(
                                    object,
                                    heirs + ", but triggers don't: their rows that are written meanwhile would be lost.",
                                    remedy)
                            : warning(object, heirs + ", and no key is unique across them.", remedy));
        }
        return findings;
    }

    private record Family(boolean partitioned, boolean partition, int children, String parent) {}
}
