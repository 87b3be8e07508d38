package dev.neap.backfill;

import dev.neap.jdbc.Transactions;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.sql.Placeholders;
import dev.neap.sql.QualifiedName;
import dev.neap.step.BackfillStep;
import dev.neap.step.BackfillStep.Assignment;
import dev.neap.step.RowWork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds out how the rows of a table lie on their pages, and what an UPDATE will make of them. */
public final class WeaveProbe {

    /** Where the expression fails in the sample, or the sample is empty: a short text or a number. */
    private static final int USUAL_GROWTH = 16;

    private static final double SAMPLED_ROWS = 1_000;

    private final Transactions transactions;

    public WeaveProbe(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * What an UPDATE meets.
     *
     * @param page empty where no row can stay on its page, because an indexed column is set, or nothing is known
     * @param rowBytes heap bytes a row; 0 if the table has never been analysed
     * @param bufferBytes the server's shared buffers
     */
    public record Found(Optional<PageModel> page, double rowBytes, long bufferBytes) {}

    /**
     * @param parent by whose name the backfill's expressions call columns
     * @param backfill that changes rows in their place
     */
    public Found look(Unit unit, QualifiedName parent, BackfillStep backfill) {
        Sizes sizes = transactions.in(Settings.none(), jdbc -> sizes(jdbc, unit.table(), backfill));
        boolean known = sizes.pages() > 0 && sizes.rows() > 0;
        Optional<PageModel> page = known && !sizes.indexed()
                ? Optional.of(PageModel.of(
                        sizes.rows() / sizes.pages(),
                        sizes.fillfactor(),
                        sizes.width(),
                        growth(unit.as(parent), backfill, sizes.rows()),
                        sizes.indexes()))
                : Optional.empty();
        return new Found(page, known ? sizes.pages() * 8192 / sizes.rows() : 0, sizes.buffers());
    }

    private record Sizes(
            double pages,
            double rows,
            int fillfactor,
            int indexes,
            boolean indexed,
            int width,
            long buffers) {}

    private static Sizes sizes(JdbcClient jdbc, QualifiedName table, BackfillStep backfill) {
        String[] columns = backfill.assignments()
                .stream()
                .map(assignment -> assignment.column().value())
                .toArray(String[]::new);
        return jdbc.sql("""
                WITH leaf AS (
                  SELECT relid FROM pg_partition_tree(CAST(:table AS regclass)) WHERE isleaf
                  UNION SELECT CAST(:table AS regclass)),
                size AS (
                  SELECT sum(greatest(c.relpages, 0)) AS pages, sum(greatest(c.reltuples, 0)) AS rows,
                         coalesce(min((SELECT CAST(o.option_value AS int) FROM pg_options_to_table(c.reloptions) o
                                        WHERE o.option_name = 'fillfactor')), 100) AS fillfactor
                    FROM leaf JOIN pg_class c ON c.oid = leaf.relid),
                index AS (
                  SELECT count(*) AS n, coalesce(bool_or(EXISTS (
                           SELECT FROM pg_attribute a
                            WHERE a.attrelid = i.indrelid AND a.attname = ANY (:columns)
                              AND (a.attnum = ANY (i.indkey) OR EXISTS (
                                SELECT FROM pg_depend d
                                 WHERE d.classid = CAST('pg_class' AS regclass) AND d.objid = i.indexrelid
                                   AND d.refclassid = CAST('pg_class' AS regclass) AND d.refobjid = i.indrelid
                                   AND d.refobjsubid = a.attnum)))), false) AS set
                    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
                   WHERE i.indrelid = CAST(:table AS regclass)
                     -- From version 16 on, a BRIN index does not keep a row from staying.
                     AND (m.amname <> 'brin' OR CAST(current_setting('server_version_num') AS int) < 160000)),
                width AS (
                  SELECT coalesce(sum((1 - null_frac) * avg_width) + 24, 0) AS bytes
                    FROM pg_stats s JOIN pg_class c ON c.oid = CAST(:table AS regclass)
                      JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE (s.schemaname, s.tablename) = (n.nspname, c.relname)
                     AND s.inherited = (c.relkind = 'p'))
                SELECT size.pages, size.rows, size.fillfactor, index.n, index.set, width.bytes,
                       pg_size_bytes(current_setting('shared_buffers')) AS buffers
                  FROM size, index, width""")
                .param("table", table.sql())
                .param("columns", columns)
                .query((row, i) -> new Sizes(
                        row.getDouble("pages"),
                        row.getDouble("rows"),
                        row.getInt("fillfactor"),
                        row.getInt("n"),
                        row.getBoolean("set"),
                        row.getInt("bytes"),
                        row.getLong("buffers")))
                .single();
    }

    /** By how many bytes a row grows, from a sample. */
    private int growth(String table, BackfillStep backfill, double rows) {
        return switch (backfill.work()) {
            case RowWork.Assign assign -> growth(table, assign.assignments(), rows);
            // What the class gives, nobody knows before it is asked.
            case RowWork.Transform transform ->
                (int) transform.writes().stream().filter(column -> !transform.reads().contains(column)).count()
                        * USUAL_GROWTH;
            case RowWork.Delete delete -> 0;
            case RowWork.Archive archive -> 0;
            case RowWork.Copy copy -> 0;
            case RowWork.Mirror mirror -> 0;
        };
    }

    private int growth(String table, List<Assignment> assignments, double rows) {
        String difference = assignments.stream()
                .map(assignment -> "coalesce(pg_column_size(" + Placeholders.escape(assignment.expression())
                        + "), 0) - coalesce(pg_column_size(" + assignment.column() + "), 0)")
                .collect(Collectors.joining(" + "));
        String sql = "SELECT round(avg(%s)) FROM %s TABLESAMPLE SYSTEM (%s)"
                .formatted(difference, table, Math.clamp(100 * SAMPLED_ROWS / rows, 0.000_1, 100));
        try {
            return transactions.in(
                    Settings.none().statementTimeout(Duration.ofSeconds(5)),
                    jdbc -> Optional.ofNullable(jdbc.sql(sql).query(Integer.class).single()).orElse(USUAL_GROWTH));
        } catch (DataAccessException e) {
            // A row of the sample does not fit; the backfill will find it and say so.
            return USUAL_GROWTH;
        }
    }
}
