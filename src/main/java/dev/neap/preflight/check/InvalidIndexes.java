package dev.neap.preflight.check;

import dev.neap.sql.Identifier;
import java.util.List;

/**
 * An index that a failed CREATE INDEX CONCURRENTLY left behind: every write pays for it, no query uses it, and
 * {@code IF NOT EXISTS} takes it for a good one.
 */
final class InvalidIndexes implements Check {

    @Override
    public String id() {
        return "invalid-index";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.jdbc()
                .sql(
                        """
                                SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), i.indrelid::regclass::text, c.relname
                                FROM pg_index i
                                JOIN pg_class c ON c.oid = i.indexrelid
                                JOIN pg_namespace n ON n.oid = c.relnamespace
                                WHERE NOT i.indisvalid AND c.relkind = 'i'
                                  AND (:oid = 0 OR i.indrelid IN (:oid)
                                       OR i.indrelid IN (SELECT relid FROM pg_partition_tree(CAST(:oid AS oid))))
                                  AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = c.oid)
                                ORDER BY 1
                                LIMIT 20""")
                .param("oid", target.oid())
                .query((row, n) -> judge(target, row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    private Finding judge(Target target, String index, String table, String name) {
        boolean planned = target.ddl()
                .anyMatch(step -> step.index().map(Identifier::value).equals(java.util.Optional.of(name)));
        return planned
                ? note(
                        "index " + index,
                        "It is invalid: an earlier attempt to build it failed.",
                        "Nothing to do: Neap drops it and builds it again.")
                : warning(
                        "index " + index,
                        "It is invalid: no query uses it, and every write to %s pays for it.".formatted(table),
                        "DROP INDEX CONCURRENTLY %1$s; or REINDEX INDEX CONCURRENTLY %1$s;".formatted(index));
    }
}
