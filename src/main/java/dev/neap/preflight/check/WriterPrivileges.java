package dev.neap.preflight.check;

import dev.neap.catalog.Answers.Need;
import dev.neap.catalog.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The sync triggers compute expressions with the rights of whoever writes the row: who may write the table has to be
 * allowed what they call and read.
 */
final class WriterPrivileges implements Check {

    private static final String COMPUTED_BY_WRITERS = ".*\\]\\.(add_column|set_not_null|drop_column|change_type|split_column|merge_columns)\\..*";

    @Override
    public String id() {
        return "writer-privileges";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.keepsColumnsInStep()
                ? target.table().stream().flatMap(table -> find(target, table)).toList()
                : List.of();
    }

    private Stream<Finding> find(Target target, Table table) {
        return target.answers()
                .expressions()
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().matches(COMPUTED_BY_WRITERS))
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> entry.getValue()
                        .needs()
                        .stream()
                        .flatMap(need -> missing(target, table, entry.getKey(), need)));
    }

    private Stream<Finding> missing(Target target, Table table, String at, Need need) {
        List<String> roles = lacking(target, table, need);
        if (roles.isEmpty()) {
            return Stream.empty();
        }
        String names = String.join(", ", roles);
        return Stream.of(
                blocker(
                        "expression " + at,
                        "It is computed by a trigger, with the rights of whoever writes table %s; %s may, but lack %s on %s %s:"
                                .formatted(
                                        table.name(), names, need.privilege(), need.kind().toLowerCase(Locale.ROOT),
                                        need.name())
                                + " each row that they write would be refused.",
                        "GRANT %s ON %s %s TO %s;".formatted(need.privilege(), need.kind(), need.name(), names)));
    }

    /** Roles that log in, or that one which does takes on by SET ROLE alone: of any other its members' rights count. */
    private static List<String> lacking(Target target, Table table, Need need) {
        return target.jdbc()
                .sql(
                        """
                                SELECT quote_ident(r.rolname)
                                FROM pg_roles r
                                WHERE NOT r.rolsuper AND r.rolname !~ '^pg_'
                                  AND has_any_column_privilege(r.oid, CAST(:table AS oid), 'INSERT, UPDATE')
                                  AND has_schema_privilege(r.oid, CAST(to_regnamespace(:schema) AS oid), 'USAGE')
                                  AND (r.rolcanlogin OR EXISTS (
                                    SELECT FROM pg_roles m
                                    WHERE m.rolcanlogin AND pg_has_role(m.oid, r.oid, 'MEMBER')
                                      AND NOT pg_has_role(m.oid, r.oid, 'USAGE')))
                                  AND NOT CASE :privilege
                                    WHEN 'USAGE' THEN has_schema_privilege(r.oid, CAST(to_regnamespace(:name) AS oid), 'USAGE')
                                    WHEN 'EXECUTE' THEN
                                      has_function_privilege(r.oid, CAST(to_regprocedure(:name) AS oid), 'EXECUTE')
                                    ELSE has_any_column_privilege(r.oid, CAST(to_regclass(:name) AS oid), 'SELECT') END
                                ORDER BY r.rolname""")
                .param("table", table.oid())
                .param("schema", table.name().schema().sql())
                .param("privilege", need.privilege())
                .param("name", need.name())
                .query((row, n) -> row.getString(1))
                .list();
    }
}
