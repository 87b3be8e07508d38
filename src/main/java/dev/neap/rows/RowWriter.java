package dev.neap.rows;

import dev.neap.backfill.Range;
import dev.neap.backfill.Ranges;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the rows of a page back, in the chunk's transaction. */
final class RowWriter {

    private final RowSource from;
    private final RowSql sql;
    private final RowReader reader;

    RowWriter(RowSource from, RowSql sql, RowReader reader) {
        this.from = from;
        this.sql = sql;
        this.reader = reader;
    }

    /**
     * Writes those that nobody has changed since they were read.
     *
     * @return how many rows became others
     */
    long write(JdbcClient jdbc, Ranges ranges, Range range, List<Outcome.Changed> rows) {
        List<Object> parameters = new ArrayList<>(identities(rows.stream().map(Outcome.Changed::read).toList()));
        for (int i = 0; i < sql.work().writes().size(); i++) {
            int column = i;
            List<@Nullable String> values = new ArrayList<>(rows.size());
            rows.forEach(row -> values.add(row.values().get(column)));
            parameters.add(ArrayText.of(values, from.type(sql.work().writes().get(i)).parameterDelimiter()));
        }
        parameters.addAll(ranges.parameters(range));
        return jdbc.sql(sql.update(ranges, range)).params(parameters).update();
    }

    /** Those that somebody else has changed since they were read, and that are still pending: as they are now, locked. */
    List<ReadRow> changedMeanwhile(JdbcClient jdbc, Ranges ranges, Range range, List<ReadRow> rows) {
        return jdbc.sql(sql.changedMeanwhile(ranges, range))
                .params(Stream.concat(identities(rows).stream(), ranges.parameters(range).stream()).toList())
                .query((row, i) -> reader.read(row))
                .list();
    }

    /** Whether one of those that were written still meets the condition. */
    boolean anyStillPending(JdbcClient jdbc, Ranges ranges, Range range, List<ReadRow> rows) {
        return jdbc.sql(sql.stillPending(ranges, range))
                .params(Stream.concat(identities(rows).stream(), ranges.parameters(range).stream()).toList())
                .query(Boolean.class)
                .single();
    }

    private List<Object> identities(List<ReadRow> rows) {
        Stream<List<String>> keys = IntStream.range(0, from.key().size())
                .mapToObj(i -> rows.stream().map(row -> row.key().get(i)).toList());
        return Stream.concat(keys, Stream.of(rows.stream().map(ReadRow::version).toList()))
                .<Object>map(values -> ArrayText.of(values, ','))
                .toList();
    }
}
