package dev.neap.catalog;

import dev.neap.catalog.Table.Correlation;
import dev.neap.catalog.Table.Shape;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads how large a table is; a partitioned one is the sum of its leaves.
 *
 * <p>Rows = {@code reltuples / relpages × pages now}, as the planner reckons. Without statistics, a table of up to 10 MB
 * is counted and a larger one estimated by the planner from its width.
 */
final class ShapeReader {

    private static final long COUNTED_BYTES = 10L * 1024 * 1024;
    private static final Pattern PLAN_ROWS = Pattern.compile("\"Plan Rows\":\\s*(\\d+)");
    /** Taken for a row's size where nothing else may be read. */
    static final long GUESSED_ROW_BYTES = 100;

    private final JdbcClient jdbc;

    ShapeReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Statistics(Shape shape, boolean complete, boolean readable) {}

    Shape read(long oid, QualifiedName name, Table.Kind kind) {
        Statistics statistics = statistics(oid);
        Shape shape = statistics.shape();
        long rows = statistics.complete() ? shape.rows() : withoutStatistics(name, shape, statistics.readable());
        return new Shape(rows, shape.heapBytes(), shape.totalBytes(), correlations(oid), switch (kind) {
            case ORDINARY -> Optional.empty();
            case PARTITIONED -> Optional.of(new LeafReader(jdbc).read(oid));
        });
    }

    private List<Correlation> correlations(long oid) {
        return jdbc.sql("""
                SELECT DISTINCT s.attname, s.correlation
                  FROM pg_index i
                  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                  JOIN pg_class c ON c.oid = i.indrelid
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  JOIN pg_stats s ON (s.schemaname, s.tablename, s.attname) = (n.nspname, c.relname, a.attname)
                 WHERE i.indrelid = ? AND i.indisunique AND s.correlation IS NOT NULL AND NOT s.inherited
                 ORDER BY s.attname
                """)
                .param(oid)
                .query((row, i) -> new Correlation(
                        new Identifier(row.getString("attname")), row.getDouble("correlation")))
                .list();
    }

    private Statistics statistics(long oid) {
        return jdbc.sql("""
                SELECT coalesce(sum(heap), 0)::bigint AS heap, coalesce(sum(total), 0)::bigint AS total,
                  coalesce(sum(CASE WHEN known AND heap > 0
                    THEN reltuples::float8 / relpages * (heap / current_setting('block_size')::int) END),
                    0)::bigint AS rows,
                  coalesce(bool_and(known OR heap = 0), true) AS complete,
                  has_table_privilege(?, 'SELECT') AS readable
                FROM (
                  SELECT c.reltuples, c.relpages, c.reltuples >= 0 AND c.relpages > 0 AS known,
                    coalesce(pg_relation_size(c.oid), 0) AS heap,
                    coalesce(pg_total_relation_size(c.oid), 0) AS total
                  FROM pg_class c
                  WHERE c.oid IN (SELECT relid FROM pg_partition_tree(?) WHERE isleaf UNION SELECT ?)
                    AND c.relkind = 'r'
                ) AS leaf
                """)
                .param(oid)
                .param(oid)
                .param(oid)
                .query((row, i) -> new Statistics(
                        new Shape(row.getLong("rows"), row.getLong("heap"), row.getLong("total")),
                        row.getBoolean("complete"),
                        row.getBoolean("readable")))
                .single();
    }

    private long withoutStatistics(QualifiedName name, Shape shape, boolean readable) {
        if (!readable) {
            return shape.heapBytes() / GUESSED_ROW_BYTES;
        }
        if (shape.heapBytes() <= COUNTED_BYTES) {
            return jdbc.sql("SELECT count(*) FROM " + name.sql()).query(Long.class).single();
        }
        String plan = jdbc.sql("EXPLAIN (FORMAT JSON) SELECT FROM " + name.sql())
                .query(String.class)
                .single();
        Matcher rows = PLAN_ROWS.matcher(plan);
        return rows.find() ? Long.parseLong(rows.group(1)) : shape.heapBytes() / GUESSED_ROW_BYTES;
    }
}
