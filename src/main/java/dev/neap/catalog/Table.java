package dev.neap.catalog;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * One table at one moment.
 *
 * @param oid its object identifier
 * @param kind ordinary or partitioned; nothing else can be changed
 * @param shape its size as the statistics know it
 * @param server the server it lives on
 */
public record Table(
        QualifiedName name,
        long oid,
        Kind kind,
        List<Column> columns,
        List<Index> indexes,
        List<Constraint> constraints,
        List<Trigger> triggers,
        List<Reference> references,
        Shape shape,
        ServerVersion server) {

    /** The kinds of relation that Neap changes. */
    public enum Kind {
        ORDINARY,
        PARTITIONED
    }

    /**
     * How large the table is.
     *
     * @param rows estimated ({@code reltuples}, or counted where it was never analysed); ≥ 0
     * @param heapBytes the main fork of the heap; ≥ 0
     * @param totalBytes with indexes and TOAST; ≥ 0
     * @param correlations of columns that unique indexes begin with, where the statistics know them
     * @param partitions of a partitioned table; empty for any other
     */
    public record Shape(
            long rows,
            long heapBytes,
            long totalBytes,
            List<Correlation> correlations,
            Optional<Partitions> partitions) {

        public Shape {
            correlations = List.copyOf(correlations);
        }

        /** Where nothing is known of the rows' order. */
        public Shape(long rows, long heapBytes, long totalBytes) {
            this(rows, heapBytes, totalBytes, List.of(), Optional.empty());
        }

        /** How well the order of the heap follows a column, -1 to 1; empty if nobody knows. */
        public OptionalDouble correlation(Identifier column) {
            return Correlation.of(column, correlations);
        }
    }

    /**
     * How well the order of the heap follows a column.
     *
     * @param value -1 to 1 ({@code pg_stats.correlation})
     */
    public record Correlation(Identifier column, double value) {

        static OptionalDouble of(Identifier column, List<Correlation> correlations) {
            return correlations.stream()
                    .filter(known -> known.column().equals(column))
                    .mapToDouble(Correlation::value)
                    .findFirst();
        }
    }

    public Table {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
        constraints = List.copyOf(constraints);
        triggers = List.copyOf(triggers);
        references = List.copyOf(references);
    }

    public Optional<Column> column(Identifier wanted) {
        return columns.stream().filter(c -> c.name().equals(wanted)).findFirst();
    }

    public Optional<Index> index(Identifier wanted) {
        return indexes.stream().filter(i -> i.name().equals(wanted)).findFirst();
    }

    public Optional<Constraint> constraint(Identifier wanted) {
        return constraints.stream().filter(c -> c.name().equals(wanted)).findFirst();
    }

    public Optional<Trigger> trigger(Identifier wanted) {
        return triggers.stream().filter(t -> t.name().equals(wanted)).findFirst();
    }

    /** The names of all columns, in the table's order. */
    public List<Identifier> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** The same table with one more column at its end. */
    public Table with(Column added) {
        return new Table(
                name,
                oid,
                kind,
                Stream.concat(columns.stream(), Stream.of(added)).toList(),
                indexes,
                constraints,
                triggers,
                references,
                shape,
                server);
    }

    /** The same table with other columns. */
    public Table withColumns(List<Column> others) {
        return new Table(
                name, oid, kind, others, indexes, constraints, triggers, references, shape, server);
    }

    /** The same table with other indexes. */
    public Table withIndexes(List<Index> others) {
        return new Table(
                name, oid, kind, columns, others, constraints, triggers, references, shape, server);
    }

    /** The same table with other constraints. */
    public Table withConstraints(List<Constraint> others) {
        return new Table(
                name, oid, kind, columns, indexes, others, triggers, references, shape, server);
    }
}
