package dev.neap.preflight.check;

import java.util.List;

/** Under row-level security the backfill sees only some rows, and would call the table done. */
final class RowSecurity implements Check {

    @Override
    public String id() {
        return "row-security";
    }

    @Override
    public List<Finding> find(Target target) {
        if (target.table().isEmpty()) {
            return List.of();
        }
        boolean active = target.jdbc()
                .sql("SELECT row_security_active(CAST(:oid AS oid))")
                .param("oid", target.oid())
                .query(Boolean.class)
                .single();
        String role = target.role();
        return active
                ? List.of(blocker(
                        Target.named(target.table().get()),
                        "Row-level security applies to role %s: it does not see every row, so some would be left out."
                                .formatted(role),
                        ("ALTER ROLE %s BYPASSRLS; or, if the role owns the table, ALTER TABLE %s NO FORCE "
                                + "ROW LEVEL SECURITY;")
                                .formatted(role, target.table().get().name())))
                : List.of();
    }
}
