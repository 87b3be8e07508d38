package dev.neap.preflight.check;

import java.util.ArrayList;
import java.util.List;

/** A backfill leaves a dead version of each row; without autovacuum nobody clears them away. */
final class Autovacuum implements Check {

    @Override
    public String id() {
        return "autovacuum";
    }

    @Override
    public List<Finding> find(Target target) {
        List<Finding> findings = new ArrayList<>();
        boolean off = target.jdbc()
                .sql("SELECT current_setting('autovacuum') = 'off' OR current_setting('track_counts') = 'off'")
                .query(Boolean.class)
                .single();
        if (off) {
            findings.add(warning(
                    "server",
                    "Autovacuum is off (autovacuum or track_counts), so dead row versions stay.",
                    "Turn both on, or VACUUM the table yourself during and after the change."));
        }
        findings.addAll(target.jdbc()
                .sql(
                        """
                                SELECT c.oid::regclass::text
                                FROM pg_class c
                                WHERE c.relkind = 'r'
                                  AND EXISTS (SELECT FROM unnest(c.reloptions) option
                                              WHERE option ~* '^autovacuum_enabled=(false|off|no|0|f|n)$')
                                  AND (:oid = 0 OR c.oid IN (:oid)
                                       OR c.oid IN (SELECT relid FROM pg_partition_tree(CAST(:oid AS oid))))
                                ORDER BY 1
                                LIMIT 20""")
                .param("oid", target.oid())
                .query((row, n) -> warning(
                        "table " + row.getString(1),
                        "Autovacuum is off for it, so the dead versions that a backfill leaves stay.",
                        "ALTER TABLE %s RESET (autovacuum_enabled);".formatted(row.getString(1))))
                .list());
        return findings;
    }
}
