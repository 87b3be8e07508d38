package dev.neap.preflight.check;

import dev.neap.preflight.estimate.Quantity;
import java.util.List;

/** Logical replication sends every backfilled row; and without a replica identity an UPDATE of the table fails. */
final class Publications implements Check {

    @Override
    public String id() {
        return "publication";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.jdbc()
                .sql(
                        """
                                SELECT quote_ident(t.schemaname) || '.' || quote_ident(t.tablename),
                                       string_agg(quote_ident(t.pubname), ', ' ORDER BY t.pubname),
                                       bool_or(p.pubupdate),
                                       c.relreplident = 'n'
                                       OR c.relreplident = 'd' AND NOT EXISTS
                                         (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND i.indisvalid),
                                       c.reltuples
                                FROM pg_publication_tables t
                                JOIN pg_publication p ON p.pubname = t.pubname
                                JOIN pg_namespace n ON n.nspname = t.schemaname
                                JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename
                                WHERE :oid = 0 OR c.oid = :oid
                                   OR c.oid IN (SELECT relid FROM pg_partition_tree(CAST(:oid AS oid)))
                                GROUP BY 1, 4, 5
                                ORDER BY 1
                                LIMIT 20""")
                .param("oid", target.oid())
                .query((row, n) -> judge(
                        target, row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4),
                        row.getLong(5)))
                .list();
    }

    private Finding judge(Target target, String table, String publications, boolean updates, boolean blind, long rows) {
        String object = "table " + table;
        if (updates && blind) {
            String fact = "Publication %s publishes its updates, but it has no replica identity: PostgreSQL refuses each UPDATE."
                    .formatted(publications);
            String remedy = "ALTER TABLE %s REPLICA IDENTITY USING INDEX … (or FULL), or add a primary key."
                    .formatted(table);
            return target.backfills().isEmpty() ? warning(object, fact, remedy) : blocker(object, fact, remedy);
        }
        return note(
                object,
                "Publication %s sends %s to its subscribers; new columns must exist there first."
                        .formatted(
                                publications,
                                updates
                                        ? "every backfilled row (up to %s)".formatted(Quantity.count(Math.max(rows, 0)))
                                        : "its inserts"),
                "Change the subscribers' table first, and watch their lag.");
    }
}
