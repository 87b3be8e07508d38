package dev.neap.preflight.check;

import java.util.ArrayList;
import java.util.List;

/** VACUUM, CREATE INDEX, CLUSTER and the like at work: DDL on the same table waits for them. */
final class MaintenanceAtWork implements Check {

    @Override
    public String id() {
        return "maintenance";
    }

    @Override
    public List<Finding> find(Target target) {
        List<Finding> findings = new ArrayList<>(target.jdbc()
                .sql(
                        """
                                SELECT w.pid, w.work, w.phase, w.relid::regclass::text
                                FROM (
                                  SELECT pid, 'VACUUM', phase, relid FROM pg_stat_progress_vacuum WHERE datname = current_database()
                                  UNION ALL
                                  SELECT pid, command, phase, relid FROM pg_stat_progress_create_index WHERE datname = current_database()
                                  UNION ALL
                                  SELECT pid, command, phase, relid FROM pg_stat_progress_cluster WHERE datname = current_database()
                                ) w (pid, work, phase, relid)
                                WHERE :oid = 0 OR w.relid = :oid OR w.relid IS NULL
                                ORDER BY w.pid
                                LIMIT 20""")
                .param("oid", target.oid())
                .query((row, n) -> warning(
                        "session " + row.getInt(1),
                        "%s is at work on %s (%s); DDL on that table waits for it."
                                .formatted(row.getString(2), row.getString(4), row.getString(3)),
                        "Let it finish first."))
                .list());
        if (!target.seesOthers()) {
            findings.add(unseen(target, "maintenance at work"));
        }
        return findings;
    }
}
