package dev.neap.catalog;

import dev.neap.sql.QualifiedName;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The partitioned tables that a table's foreign keys reference: PostgreSQL locks more where both ends have partitions. */
final class PartitionedParents {

    private PartitionedParents() {}

    static List<QualifiedName> of(JdbcTemplate jdbc, Table table) {
        return jdbc.query(
                """
                        SELECT DISTINCT n.nspname, p.relname
                        FROM pg_constraint c
                          JOIN pg_class p ON p.oid = c.confrelid
                          JOIN pg_namespace n ON n.oid = p.relnamespace
                        WHERE c.conrelid = ? AND c.contype = 'f' AND p.relkind = 'p'
                        """,
                (row, i) -> QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                table.oid());
    }
}
