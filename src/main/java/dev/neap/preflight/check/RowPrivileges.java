package dev.neap.preflight.check;

import dev.neap.sql.QualifiedName;
import dev.neap.step.RowWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Changing, deleting, moving and copying rows need their privileges, on the table and on the one that rows go to. */
final class RowPrivileges implements Check {

    @Override
    public String id() {
        return "row-privileges";
    }

    @Override
    public List<Finding> find(Target target) {
        if (target.plan().isEmpty()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        QualifiedName table = target.plan().get().table().name();
        Set<String> here = new TreeSet<>();
        for (RowWork work : target.works()) {
            here.add("SELECT");
            switch (work) {
                case RowWork.Assign assign -> here.add("UPDATE");
                case RowWork.Transform transform -> here.add("UPDATE");
                case RowWork.Delete delete -> here.add("DELETE");
                case RowWork.Archive archive -> {
                    here.add("DELETE");
                    findings.addAll(missing(target, archive.into(), Set.of("INSERT")));
                }
                case RowWork.Copy copy -> findings.addAll(missing(target, copy.into(), there(copy)));
                // The other table is its own, and FOR SHARE asks for more than SELECT.
                case RowWork.Mirror mirror -> here.add("UPDATE");
            }
        }
        findings.addAll(missing(target, table, here));
        return findings;
    }

    private static Set<String> there(RowWork.Copy copy) {
        Set<String> privileges = new TreeSet<>(Set.of("INSERT"));
        copy.upsert().ifPresent(upsert -> {
            privileges.add("SELECT");
            if (!upsert.updates().isEmpty()) {
                privileges.add("UPDATE");
            }
        });
        return privileges;
    }

    /** Those on columns count too, where every column has them. */
    private List<Finding> missing(Target target, QualifiedName table, Set<String> privileges) {
        List<String> missing = privileges.stream()
                .sorted()
                .filter(privilege -> !has(target, table, privilege))
                .toList();
        if (missing.isEmpty()) {
            return List.of();
        }
        String wanted = String.join(", ", missing);
        String role = target.role();
        return List.of(blocker(
                "table " + table,
                "Role %s may not %s there, and the plan does.".formatted(role, wanted),
                "GRANT %s ON %s TO %s;".formatted(wanted, table, role)));
    }

    private static boolean has(Target target, QualifiedName table, String privilege) {
        if (!target.jdbc()
                .sql("SELECT has_schema_privilege(:schema, 'USAGE')")
                .param("schema", table.schema().value())
                .query(Boolean.class)
                .single()) {
            return false;
        }
        return target.jdbc()
                .sql(
                        """
                                SELECT has_table_privilege(c.oid, :privilege)
                                    OR :columns AND NOT EXISTS (
                                      SELECT FROM pg_attribute a
                                      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                                        AND NOT has_column_privilege(c.oid, a.attnum, CASE WHEN :columns THEN :privilege ELSE 'SELECT' END))
                                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                                WHERE n.nspname = :schema AND c.relname = :name""")
                .param("privilege", privilege)
                .param("columns", !privilege.equals("DELETE"))
                .param("schema", table.schema().value())
                .param("name", table.name().value())
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }
}
