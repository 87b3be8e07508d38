package dev.neap.preflight.check;

import dev.neap.preflight.estimate.Quantity;
import java.util.List;
import java.util.Optional;

/**
 * Logical replication sends every row that is worked on; and without a replica identity an UPDATE or DELETE of the table
 * fails.
 */
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
                                       bool_or(CASE WHEN :removes THEN p.pubdelete ELSE p.pubupdate END),
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
                .param("removes", target.removesRows())
                .query((row, n) -> judge(
                        target, row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4),
                        row.getLong(5)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Finding> judge(
            Target target,
            String table,
            String publications,
            boolean sends,
            boolean blind,
            long rows) {
        String object = "table " + table;
        if (target.replacesTheTable()) {
            return Optional.of(note(
                    object,
                    "The new table takes its place in publication %s when they change places, if that names the table; what is copied is not sent."
                            .formatted(publications),
                    "Nothing to do, but that subscribers' columns take other types first if the table's do."));
        }
        boolean removes = target.removesRows();
        if (sends && blind) {
            String fact = "Publication %s publishes its %ss, but it has no replica identity: PostgreSQL refuses each %s."
                    .formatted(publications, removes ? "delete" : "update", removes ? "DELETE" : "UPDATE");
            String remedy = "ALTER TABLE %s REPLICA IDENTITY USING INDEX … (or FULL), or add a primary key."
                    .formatted(table);
            return Optional.of(
                    !target.updatesRows() && !removes
                            ? warning(object, fact, remedy)
                            : blocker(object, fact, remedy));
        }
        if (removes) {
            return Optional.of(note(
                    object,
                    "Publication %s %s."
                            .formatted(
                                    publications,
                                    sends
                                            ? "sends each deleted row to its subscribers (up to %s)"
                                                    .formatted(Quantity.count(Math.max(rows, 0)))
                                            : "does not send deletes: its subscribers keep the rows"),
                    sends ? "Watch the subscribers' lag." : "Delete them there too, if they are to go."));
        }
        if (!target.setsColumns() && !target.makesColumns()) {
            return Optional.empty();
        }
        if (!target.setsColumns()) {
            return Optional.of(note(
                    object,
                    "Publication %s sends its rows to subscribers; new columns must exist there first."
                            .formatted(publications),
                    "Change the subscribers' table first."));
        }
        return Optional.of(note(
                object,
                "Publication %s %s%s."
                        .formatted(
                                publications,
                                sends
                                        ? "sends every backfilled row (up to %s) to its subscribers"
                                                .formatted(Quantity.count(Math.max(rows, 0)))
                                        : "does not send updates: its subscribers keep the old values",
                                target.makesColumns() ? "; new columns must exist there first" : ""),
                (target.makesColumns() ? "Change the subscribers' table first. " : "")
                        + (sends ? "Watch their lag." : "Set the values there too, if they are to be the same.")));
    }
}
