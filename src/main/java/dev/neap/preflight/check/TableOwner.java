package dev.neap.preflight.check;

import dev.neap.catalog.Table;
import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.List;

/** ALTER TABLE needs the table's owner; CREATE INDEX and renaming an index also need CREATE on its schema. */
final class TableOwner implements Check {

    @Override
    public String id() {
        return "table-owner";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.table().map(table -> find(target, table)).orElse(List.of());
    }

    private List<Finding> find(Target target, Table table) {
        List<Finding> findings = new ArrayList<>();
        Rights rights = target.jdbc()
                .sql(
                        """
                                SELECT pg_has_role(c.relowner, 'USAGE'), pg_get_userbyid(c.relowner),
                                       has_schema_privilege(c.relnamespace, 'CREATE')
                                FROM pg_class c
                                WHERE c.oid = :oid""")
                .param("oid", table.oid())
                .query((row, n) -> new Rights(row.getBoolean(1), row.getString(2), row.getBoolean(3)))
                .single();
        String role = target.role();
        String owner = new Identifier(rights.owner()).sql();
        boolean alters = target.plan().isEmpty() || target.ddl().findAny().isPresent();
        if (!rights.owns() && alters) {
            findings.add(blocker(
                    Target.named(table),
                    "It belongs to role %s, and role %s is no member of it, so it may not alter the table."
                            .formatted(owner, role),
                    "GRANT %s TO %s; or connect as %s.".formatted(owner, role, owner)));
        }
        boolean makesIndex = target.ddl().anyMatch(step -> step.index().isPresent());
        if (!rights.create() && makesIndex) {
            findings.add(blocker(
                    "schema " + table.name().schema(),
                    "Role %s may not create anything in it, and the plan makes an index.".formatted(role),
                    "GRANT CREATE ON SCHEMA %s TO %s;".formatted(table.name().schema(), role)));
        }
        return findings;
    }

    private record Rights(boolean owns, String owner, boolean create) {}
}
