package dev.neap.catalog;

import dev.neap.catalog.Table.Correlation;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the partitions of a table, whatever their depth. */
public final class LeafReader {

    private final JdbcClient jdbc;

    public LeafReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Partitions read(long oid) {
        return new Partitions(columns(oid), leaves(oid), statementTrigger(oid));
    }

    /**
     * Those that the table has right now.
     *
     * @param oid of the partitioned table
     */
    public List<Leaf> leaves(long oid) {
        return jdbc.sql("""
                SELECT leaf.*, known.columns, known.correlations
                  FROM (SELECT c.oid, n.nspname, c.relname, coalesce(pg_relation_size(c.oid), 0) AS heap,
                          c.reltuples, c.relpages,
                          CASE WHEN c.relkind <> 'r' THEN 'is a foreign table'
                               WHEN NOT has_schema_privilege(n.oid, 'USAGE') OR NOT has_table_privilege(c.oid, 'SELECT')
                                 OR NOT has_table_privilege(c.oid, 'UPDATE')
                               THEN format('may not be read and updated by role %I directly', current_user)
                               WHEN row_security_active(c.oid) THEN 'has row-level security of its own'
                               WHEN c.relhasrules THEN 'has rewrite rules'
                          END AS obstacle
                          FROM pg_partition_tree(CAST(? AS oid)) AS tree
                            JOIN pg_class c ON c.oid = tree.relid
                            JOIN pg_namespace n ON n.oid = c.relnamespace
                         WHERE tree.isleaf) AS leaf
                  LEFT JOIN LATERAL (
                    SELECT array_agg(CAST(s.attname AS text) ORDER BY s.attname) AS columns,
                           array_agg(CAST(s.correlation AS float8) ORDER BY s.attname) AS correlations
                      FROM pg_stats s
                     WHERE (s.schemaname, s.tablename) = (leaf.nspname, leaf.relname)
                       AND NOT s.inherited AND s.correlation IS NOT NULL
                       AND EXISTS (SELECT FROM pg_index i
                                     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                                    WHERE i.indrelid = leaf.oid AND i.indisunique AND a.attname = s.attname)
                  ) AS known ON true
                 ORDER BY leaf.oid""")
                .param(oid)
                .query((row, i) -> leaf(row))
                .list();
    }

    private static Leaf leaf(ResultSet row) throws SQLException {
        long heap = row.getLong("heap");
        double pages = row.getDouble("relpages");
        double tuples = row.getDouble("reltuples");
        return new Leaf(
                row.getLong("oid"),
                QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                tuples >= 0 && pages > 0
                        ? Math.round(tuples / pages * (heap / 8192.0))
                        : heap / ShapeReader.GUESSED_ROW_BYTES,
                heap,
                correlations(row),
                Optional.ofNullable(row.getString("obstacle")));
    }

    private static List<Correlation> correlations(ResultSet row) throws SQLException {
        Array columns = row.getArray("columns");
        if (columns == null) {
            return List.of();
        }
        String[] names = (String[]) columns.getArray();
        Double[] values = (Double[]) row.getArray("correlations").getArray();
        List<Correlation> known = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            known.add(new Correlation(new Identifier(names[i]), values[i]));
        }
        return known;
    }

    /** PostgreSQL notes each column of a partition key as depending on its own table, and no other column so. */
    private List<Identifier> columns(long oid) {
        return jdbc.sql("""
                SELECT DISTINCT a.attname
                  FROM pg_partition_tree(CAST(? AS oid)) AS tree
                    JOIN pg_depend d ON d.classid = CAST('pg_class' AS regclass) AND d.objid = tree.relid
                      AND d.refclassid = CAST('pg_class' AS regclass) AND d.refobjid = tree.relid
                      AND d.objsubid > 0 AND d.refobjsubid = 0 AND d.deptype = 'i'
                    JOIN pg_attribute a ON a.attrelid = tree.relid AND a.attnum = d.objsubid
                 WHERE NOT tree.isleaf
                 ORDER BY a.attname""")
                .param(oid)
                .query((row, i) -> new Identifier(row.getString("attname")))
                .list();
    }

    /** The bits of tgtype are those of src/include/catalog/pg_trigger.h: 1 row, 16 update. */
    private Optional<Identifier> statementTrigger(long oid) {
        return jdbc.sql("""
                SELECT g.tgname
                  FROM pg_partition_tree(CAST(? AS oid)) AS tree JOIN pg_trigger g ON g.tgrelid = tree.relid
                 WHERE NOT g.tgisinternal AND g.tgenabled IN ('O', 'A') AND g.tgtype & 1 = 0 AND g.tgtype & 16 <> 0
                 ORDER BY g.tgname LIMIT 1""")
                .param(oid)
                .query((row, i) -> new Identifier(row.getString("tgname")))
                .optional();
    }
}
