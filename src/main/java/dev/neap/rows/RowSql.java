package dev.neap.rows;

import dev.neap.backfill.Range;
import dev.neap.backfill.Ranges;
import dev.neap.sql.Identifier;
import dev.neap.sql.Placeholders;
import dev.neap.step.RowWork;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The statements of the row path. New values, and the rows that they are for, travel as one array a column: the server
 * reads a statement once for thousands of rows, however many columns there are.
 *
 * @param from the table, and how its rows are found
 * @param pending the condition under which a row is worked on
 */
record RowSql(RowSource from, RowWork.Transform work, String pending) {

    /** Reads the rows of a range: key, version, columns read, columns to be written as text. */
    String select(Ranges ranges, Range range, boolean quarantine) {
        return "SELECT " + columns() + " FROM " + from.table() + " WHERE " + ranges.condition(range)
                + strand(ranges, range) + " AND " + stillPending(ranges, quarantine);
    }

    /** Only where rows are chosen: once they are known, the range is all that the server needs to find them. */
    private static String strand(Ranges ranges, Range range) {
        return range.strand()
                .map(strand -> " AND " + strand.condition(ranges.remainder(strand.modulus())))
                .orElse("");
    }

    /** Only CASE keeps PostgreSQL from trying the condition on a row that was set aside because it fails there. */
    private String stillPending(Ranges ranges, boolean quarantine) {
        String condition = "(" + Placeholders.escape(pending) + ")";
        return quarantine
                ? "CASE WHEN "
                        + ranges.keyIsAmong(
                                row(), "neap_note.key",
                                "neap.quarantine neap_note WHERE neap_note.change = ? AND neap_note.step = ?")
                        + " THEN false ELSE " + condition + " END"
                : condition;
    }

    /**
     * Writes rows that nobody has changed since they were read, and whose values really become others. Parameters: keys,
     * versions, values, those of the range.
     */
    String update(Ranges ranges, Range range) {
        int keys = from.key().size();
        List<Identifier> writes = work.writes();
        Stream<String> arrays = Stream.concat(
                arraysOfRows(), writes.stream().map(column -> from.type(column).parameter()));
        String names = names(keys + 1 + writes.size());
        List<String> set = new ArrayList<>();
        List<String> differs = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            Identifier column = writes.get(i);
            String value = from.type(column).value(alias(keys + 1 + i));
            set.add(column + " = " + value);
            differs.add("CAST(%s AS text) COLLATE \"C\" IS DISTINCT FROM CAST(%s AS text) COLLATE \"C\""
                    .formatted(row() + column, value));
        }
        return """
                UPDATE %s SET %s
                  FROM unnest(%s) AS neap_row (%s)
                 WHERE %s AND %s AND %sxmin = %s AND (%s)"""
                .formatted(
                        from.table(),
                        String.join(", ", set),
                        arrays.collect(Collectors.joining(", ")),
                        names,
                        ranges.condition(range),
                        sameKey(),
                        row(),
                        alias(keys),
                        String.join(" OR ", differs));
    }

    /**
     * Reads those rows again, and locks them, that somebody else has changed since they were read. Parameters: keys,
     * versions, those of the range.
     */
    String changedMeanwhile(Ranges ranges, Range range) {
        int keys = from.key().size();
        return """
                SELECT %s FROM %s, unnest(%s) AS neap_row (%s)
                 WHERE %s AND %s AND %7$sxmin NOT IN (%8$s, CAST(pg_current_xact_id() AS xid)) AND (%9$s)
                   FOR UPDATE OF %10$s"""
                .formatted(
                        columns(),
                        from.table(),
                        arraysOfRows().collect(Collectors.joining(", ")),
                        names(keys + 1),
                        ranges.condition(range),
                        sameKey(),
                        row(),
                        alias(keys),
                        Placeholders.escape(pending),
                        from.table().name());
    }

    /** Whether a row that was written is still pending. Parameters: keys, versions, those of the range. */
    String stillPending(Ranges ranges, Range range) {
        int keys = from.key().size();
        return "SELECT EXISTS (SELECT FROM %s, unnest(%s) AS neap_row (%s) WHERE %s AND %s AND (%s))"
                .formatted(
                        from.table(),
                        arraysOfRows().collect(Collectors.joining(", ")),
                        names(keys + 1),
                        ranges.condition(range),
                        sameKey(),
                        Placeholders.escape(pending));
    }

    private String columns() {
        Stream<String> keys = from.key().stream().map(key -> "CAST(" + row() + key.column() + " AS text)");
        Stream<String> version = Stream.of("CAST(" + row() + "xmin AS text)");
        Stream<String> reads = work.reads().stream().map(column -> row() + column);
        Stream<String> writes = work.writes().stream().map(column -> "CAST(" + row() + column + " AS text)");
        return Stream.of(keys, version, reads, writes).flatMap(part -> part).collect(Collectors.joining(", "));
    }

    private Stream<String> arraysOfRows() {
        return Stream.concat(
                from.key().stream().map(key -> "CAST(? AS text[])"), Stream.of("CAST(? AS xid[])"));
    }

    private String sameKey() {
        return IntStream.range(0, from.key().size())
                .mapToObj(i -> "%s%s = CAST(%s AS %s)"
                        .formatted(row(), from.key().get(i).expression(), alias(i), from.key().get(i).type()))
                .collect(Collectors.joining(" AND "));
    }

    private String names(int count) {
        return IntStream.range(0, count).mapToObj(this::alias).collect(Collectors.joining(", "));
    }

    private String alias(int i) {
        return from.alias() + i;
    }

    private String row() {
        return from.table().name() + ".";
    }
}
