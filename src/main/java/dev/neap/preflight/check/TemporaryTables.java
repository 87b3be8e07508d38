package dev.neap.preflight.check;

import java.util.List;

/** Expressions are tried on an empty temporary copy of the table, which needs TEMP on the database. */
final class TemporaryTables implements Check {

    @Override
    public String id() {
        return "temporary-tables";
    }

    @Override
    public List<Finding> find(Target target) {
        return target.jdbc()
                .sql(
                        """
                                SELECT quote_ident(current_database())
                                WHERE NOT has_database_privilege(current_database(), 'TEMP')""")
                .query(String.class)
                .optional()
                .map(database -> List.of(blocker(
                        "database " + database,
                        "Role %s may not create temporary tables, and Neap tries a change's expressions on one."
                                .formatted(target.role()),
                        "GRANT TEMPORARY ON DATABASE %s TO %s;".formatted(database, target.role()))))
                .orElse(List.of());
    }
}
