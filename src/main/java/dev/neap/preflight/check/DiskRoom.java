package dev.neap.preflight.check;

import dev.neap.catalog.Table;
import dev.neap.plan.Plan;
import dev.neap.preflight.estimate.Estimate;
import dev.neap.preflight.estimate.Quantity;
import dev.neap.preflight.estimate.RoughEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How much room the change wants. SQL can't tell how much the disk has. */
final class DiskRoom implements Check {

    @Override
    public String id() {
        return "disk-room";
    }

    @Override
    public List<Finding> find(Target target) {
        List<Finding> findings = new ArrayList<>();
        Limits limits = target.jdbc()
                .sql(
                        """
                                SELECT pg_database_size(current_database()), current_setting('max_wal_size'),
                                       current_setting('max_slot_wal_keep_size'),
                                       (SELECT count(*) FROM pg_replication_slots WHERE NOT temporary)""")
                .query((row, n) -> new Limits(row.getLong(1), row.getString(2), row.getString(3), row.getInt(4)))
                .single();
        if (target.table().isPresent() && target.plan().isPresent()) {
            room(target.table().get(), target.plan().get(), limits).ifPresent(findings::add);
        }
        if (limits.slots() > 0 && limits.unlimited()) {
            findings.add(note(
                    "server",
                    ("It has %d replication slots and max_slot_wal_keep_size = -1: a reader that stops lets "
                            + "WAL fill the disk.")
                            .formatted(limits.slots()),
                    "Set max_slot_wal_keep_size to what pg_wal can bear."));
        }
        return findings;
    }

    private Optional<Finding> room(Table table, Plan plan, Limits limits) {
        Estimate estimate = RoughEstimate.of(plan);
        long growth = estimate.growth().high();
        long wal = estimate.wal().high();
        if (growth <= 0 && wal <= 0) {
            return Optional.empty();
        }
        return Optional.of(note(
                Target.named(table),
                "It has %s of the database's %s. The change%s writes up to %s of WAL (max_wal_size %s)."
                        .formatted(
                                Quantity.bytes(table.shape().totalBytes()),
                                Quantity.bytes(limits.database()),
                                growth <= 0 ? "" : " wants up to " + Quantity.bytes(growth) + " more for it, and",
                                Quantity.bytes(wal),
                                limits.walSize()),
                "See that the disks of the table, of pg_wal and of the archive have that much room."));
    }

    private record Limits(long database, String walSize, String slotKeep, int slots) {
        boolean unlimited() {
            return slotKeep.equals("-1");
        }
    }
}
