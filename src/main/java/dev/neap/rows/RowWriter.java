package dev.neap.rows;

import dev.neap.backfill.Range;
import dev.neap.backfill.Ranges;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes transformed rows back, in the chunk's transaction. */
final class RowWriter {

    private final RowSql sql;
    private final RowReader reader;

    RowWriter(RowSql sql, RowReader reader) {
        this.sql = sql;
        this.reader = reader;
    }

    /**
     * Writes those that nobody has changed since they were read.
     *
     * @return how many rows became others
     */
    long write(JdbcClient jdbc, Ranges ranges, Range range, PackedRows rows) {
        List<Object> parameters = new ArrayList<>(rows.identities());
        parameters.addAll(rows.values());
        if (RowSql.wantsRange(ranges)) {
            parameters.addAll(ranges.parameters(range));
        }
        return jdbc.sql(sql.update(ranges, range))
                .params(parameters)
                .update();
    }

    /** Those that somebody else has changed since they were read, and that are still pending: as they are now, locked. */
    List<ReadRow> changedMeanwhile(JdbcClient jdbc, Ranges ranges, Range range, PackedRows rows) {
        return jdbc.sql(sql.changedMeanwhile(ranges, range))
                .params(parameters(ranges, range, rows))
                .query((row, i) -> reader.read(row))
                .list();
    }

    /** Whether one of those that were written still meets the condition. */
    boolean anyStillPending(JdbcClient jdbc, Ranges ranges, Range range, PackedRows rows) {
        return jdbc.sql(sql.stillPending(ranges, range))
                .params(parameters(ranges, range, rows))
                .query(Boolean.class)
                .single();
    }

    private static List<Object> parameters(Ranges ranges, Range range, PackedRows rows) {
        return Stream.<Object>concat(rows.identities().stream(), ranges.parameters(range).stream()).toList();
    }
}
