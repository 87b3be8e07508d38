package dev.neap.preflight.check;

import java.util.List;

/** Checkpoints and runs live in schema {@code neap} of the changed database: it must be there, or be allowed. */
final class NeapSchema implements Check {

    @Override
    public String id() {
        return "neap-schema";
    }

    @Override
    public List<Finding> find(Target target) {
        Rights rights = target.jdbc()
                .sql(
                        """
                                SELECT n.oid IS NOT NULL,
                                       n.oid IS NULL OR (has_schema_privilege(n.oid, 'USAGE') AND has_schema_privilege(n.oid, 'CREATE')),
                                       has_database_privilege(current_database(), 'CREATE'),
                                       (SELECT count(*) FROM pg_class c
                                        WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p') AND NOT pg_has_role(c.relowner, 'USAGE')
                                          AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
                                                   AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'))),
                                       quote_ident(current_database())
                                FROM (SELECT 1) one LEFT JOIN pg_namespace n ON n.nspname = 'neap'""")
                .query((row, n) -> new Rights(
                        row.getBoolean(1), row.getBoolean(2), row.getBoolean(3), row.getLong(4), row.getString(5)))
                .single();
        String role = target.role();
        if (!rights.exists() && !rights.mayCreate()) {
            return List.of(blocker(
                    "database " + rights.database(),
                    "Schema neap, where Neap keeps its checkpoints, is not there, and role %s may not create it."
                            .formatted(role),
                    "GRANT CREATE ON DATABASE %s TO %s; or have it made: CREATE SCHEMA neap AUTHORIZATION %s;"
                            .formatted(rights.database(), role, role)));
        }
        if (!rights.usable() || rights.closedTables() > 0) {
            return List.of(blocker(
                    "schema neap",
                    "It belongs to another role, and role %s may not work in it.".formatted(role),
                    "Connect as the role that ran Neap here before, or grant membership in it to %s.".formatted(role)));
        }
        return List.of();
    }

    private record Rights(
            boolean exists,
            boolean usable,
            boolean mayCreate,
            long closedTables,
            String database) {}
}
