package dev.neap.catalog;

import dev.neap.catalog.Table.Correlation;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A partition that holds rows itself, at whatever depth.
 *
 * @param rows estimated from the statistics, or from the size where there are none; ≥ 0
 * @param heapBytes the main fork of the heap; ≥ 0
 * @param correlations of columns that unique indexes begin with, where the statistics know them
 * @param obstacle why it can't be gone over by itself, as a clause that begins with its verb; empty if it can
 */
public record Leaf(
        long oid,
        QualifiedName name,
        long rows,
        long heapBytes,
        List<Correlation> correlations,
        Optional<String> obstacle) {

    public Leaf {
        correlations = List.copyOf(correlations);
    }

    /** How well the order of the heap follows a column, -1 to 1; empty if nobody knows. */
    public OptionalDouble correlation(Identifier column) {
        return Correlation.of(column, correlations);
    }

    /** About how many rows a block holds; ≥ 0. */
    public double rowsPerBlock() {
        return rows / (double) Math.max(1, heapBytes / 8192);
    }
}
