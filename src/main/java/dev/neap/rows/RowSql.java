package dev.neap.rows;

import dev.neap.backfill.BlockRanges;
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
 * <p>Rows are looked up in the index of the key, or by a scan of the range's pages where addresses are the key. By their
 * address alone they would be found sooner; but that way PostgreSQL never prunes a page, and none would stay on its own.
 *
 * @param from the table, and how its rows are found
 * @param pending the condition under which a row is worked on
 */
record RowSql(RowSource from, RowWork.Transform work, String pending) {

    /** Reads the pending rows of a range: key, version, columns read, columns to be written as text. */
    String select(Ranges ranges, Range range, boolean quarantine) {
        return select(ranges, range, "", quarantine);
    }

    /** The same with the remainder of each row, and whatever the range's strand is. */
    String selectWithRemainders(Ranges ranges, Range range, int modulus, boolean quarantine) {
        return select(ranges, range, ", " + ranges.remainder(modulus), quarantine);
    }

    private String select(Ranges ranges, Range range, String more, boolean quarantine) {
        return "SELECT " + columns() + more + " FROM " + from.table() + " WHERE " + ranges.condition(range)
                + strand(ranges, range) + " AND " + stillPending(ranges, quarantine);
    }

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
     * Writes rows that nobody has changed since they were read, and whose values really become others. Parameters:
     * identities, values, and those of the range for {@link #wantsRange}.
     */
    String update(Ranges ranges, Range range) {
        int first = identity().size();
        List<Identifier> writes = work.writes();
        Stream<String> arrays = Stream.concat(
                identity().stream(), writes.stream().map(column -> from.type(column).parameter()));
        List<String> set = new ArrayList<>();
        List<String> differs = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            Identifier column = writes.get(i);
            String value = from.type(column).value(alias(first + i));
            set.add(column + " = " + value);
            differs.add("CAST(%s AS text) COLLATE \"C\" IS DISTINCT FROM CAST(%s AS text) COLLATE \"C\""
                    .formatted(row() + column, value));
        }
        return """
                UPDATE %s SET %s
                  FROM unnest(%s) AS neap_row (%s)
                 WHERE %s%s AND %s AND (%s)"""
                .formatted(
                        from.table(),
                        String.join(", ", set),
                        arrays.collect(Collectors.joining(", ")),
                        names(first + writes.size()),
                        wantsRange(ranges) ? ranges.condition(range) + " AND " : "",
                        sameVersion(),
                        sameKey(),
                        String.join(" OR ", differs));
    }

    /** Whether the statement that writes them finds rows by their range. */
    static boolean wantsRange(Ranges ranges) {
        return ranges instanceof BlockRanges;
    }

    /**
     * Reads those rows again, and locks them, that are another version now and still pending; not those that this
     * transaction has written. Parameters: identities, those of the range.
     */
    String changedMeanwhile(Ranges ranges, Range range) {
        return """
                SELECT %s FROM %s, unnest(%s) AS neap_row (%s)
                 WHERE %s AND %s AND NOT (%s) AND %sxmin <> CAST(pg_current_xact_id() AS xid) AND (%s)
                   FOR UPDATE OF %s"""
                .formatted(
                        columns(),
                        from.table(),
                        String.join(", ", identity()),
                        names(identity().size()),
                        ranges.condition(range),
                        sameKey(),
                        sameVersion(),
                        row(),
                        Placeholders.escape(pending),
                        from.table().name());
    }

    /** Whether a row that was written is still pending. Parameters: identities, those of the range. */
    String stillPending(Ranges ranges, Range range) {
        return "SELECT EXISTS (SELECT FROM %s, unnest(%s) AS neap_row (%s) WHERE %s AND %s AND (%s))"
                .formatted(
                        from.table(),
                        String.join(", ", identity()),
                        names(identity().size()),
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

    /** The arrays that tell rows: versions, and a column of the key each. */
    private List<String> identity() {
        return Stream.concat(
                Stream.of("CAST(? AS xid[])"),
                from.key().stream().map(key -> "CAST(? AS text[])"))
                .toList();
    }

    private String sameVersion() {
        return row() + "xmin = " + alias(0);
    }

    private String sameKey() {
        return IntStream.range(0, from.key().size())
                .mapToObj(i -> "%s%s = CAST(%s AS %s)"
                        .formatted(row(), from.key().get(i).expression(), alias(1 + i), from.key().get(i).type()))
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
