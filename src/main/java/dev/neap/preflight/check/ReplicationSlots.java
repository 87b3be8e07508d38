package dev.neap.preflight.check;

import dev.neap.preflight.estimate.Quantity;
import java.util.List;

/** A slot that nobody reads keeps all WAL since it was last read; a backfill then fills the disk. */
final class ReplicationSlots implements Check {

    @Override
    public String id() {
        return "inactive-slot";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.jdbc()
                .sql(
                        """
                                SELECT quote_literal(slot_name), slot_type, wal_status,
                                       pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()
                                                            ELSE pg_current_wal_lsn() END, restart_lsn)::bigint,
                                       current_setting('max_slot_wal_keep_size')
                                FROM pg_replication_slots
                                WHERE NOT active AND NOT temporary AND (restart_lsn IS NOT NULL OR wal_status = 'lost')
                                ORDER BY restart_lsn
                                LIMIT 20""")
                .query((row, n) -> warning(
                        "replication slot " + row.getString(1),
                        ("Nothing reads this %s slot (WAL status %s), and it keeps %s of WAL; "
                                + "max_slot_wal_keep_size is %s.")
                                .formatted(
                                        row.getString(2),
                                        row.getString(3),
                                        Quantity.bytes(row.getLong(4)),
                                        "-1".equals(row.getString(5)) ? "unlimited" : row.getString(5)),
                        "Start its reader, or drop it: SELECT pg_drop_replication_slot(%s);"
                                .formatted(row.getString(1))))
                .list();
    }
}
