package dev.neap.preflight.check;

import dev.neap.preflight.estimate.Quantity;
import java.util.List;

/**
 * The oldest snapshot that anything still needs: no row version younger than it can be pruned, so a backfill in many
 * small transactions grows the table as much as one big UPDATE does. Sessions, prepared transactions, replication slots
 * and standbys with hot_standby_feedback can hold it. Visible to every role.
 */
final class Horizon implements Check {

    private static final long OLD = 100_000;

    @Override
    public String id() {
        return "horizon";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.jdbc()
                .sql(
                        """
                                SELECT holder, age, remedy
                                FROM (
                                  SELECT 'session ' || a.pid || coalesce(' (' || nullif(a.application_name, '') || ')', ''),
                                         age(a.backend_xmin), 'Let it end, or end it: SELECT pg_terminate_backend(' || a.pid || ');'
                                  FROM pg_stat_activity a
                                  WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
                                  UNION ALL
                                  SELECT 'prepared transaction ' || quote_literal(p.gid), age(p.transaction),
                                         'End it: ROLLBACK PREPARED ' || quote_literal(p.gid) || ';'
                                  FROM pg_prepared_xacts p
                                  WHERE p.database = current_database()
                                  UNION ALL
                                  SELECT 'replication slot ' || s.slot_name, age(s.xmin),
                                         'Let its standby catch up, or drop the slot if nothing uses it.'
                                  FROM pg_replication_slots s
                                  UNION ALL
                                  SELECT 'standby ' || r.application_name, age(r.backend_xmin),
                                         'End the long query on the standby, or turn hot_standby_feedback off there.'
                                  FROM pg_stat_replication r
                                ) held (holder, age, remedy)
                                WHERE age > :old
                                ORDER BY age DESC
                                LIMIT 3""")
                .param("old", OLD)
                .query((row, n) -> warning(
                        row.getString(1),
                        ("It needs row versions as old as %s transactions, so none since can be pruned and "
                                + "the table grows more.")
                                .formatted(Quantity.count(row.getLong(2))),
                        row.getString(3)))
                .list();
    }
}
