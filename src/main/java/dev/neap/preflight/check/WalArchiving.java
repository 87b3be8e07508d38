package dev.neap.preflight.check;

import java.util.List;

/** WAL that can't be archived stays in pg_wal until the disk is full; a backfill gets there sooner. */
final class WalArchiving implements Check {

    @Override
    public String id() {
        return "archiving";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.jdbc()
                .sql(
                        """
                                SELECT last_failed_wal, to_char(last_failed_time, 'YYYY-MM-DD HH24:MI:SS TZ'), failed_count
                                FROM pg_stat_archiver
                                WHERE current_setting('archive_mode') <> 'off'
                                  AND last_failed_time IS NOT NULL
                                  AND last_failed_time > coalesce(last_archived_time, '-infinity')""")
                .query((row, n) -> warning(
                        "server",
                        "Archiving fails: the last attempt, for %s at %s, did (%d failures so far), and pg_wal grows."
                                .formatted(row.getString(1), row.getString(2), row.getLong(3)),
                        "Mend archive_command (the server's log says why it fails) before you begin."))
                .list();
    }
}
