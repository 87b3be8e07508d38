package dev.neap.rows;

import dev.neap.sql.Identifier;
import dev.neap.step.RowWork;
import dev.neap.transform.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what {@link RowSql#select} gives into rows. */
final class RowReader {

    private final Columns columns;
    private final int keys;
    private final List<ColumnReader> readers;

    RowReader(RowSource from, RowWork.Transform work) {
        this.columns = new Columns(names(work.reads()), names(work.writes()));
        this.keys = from.key().size();
        this.readers = work.reads().stream().map(column -> ColumnReader.of(from.type(column).base())).toList();
    }

    /** The remainder of a row that was read with it. */
    int remainder(ResultSet row) throws SQLException {
        return row.getInt(keys + readers.size() + columns.writes().size() + 2);
    }

    private static List<String> names(List<Identifier> columns) {
        return columns.stream().map(Identifier::value).toList();
    }

    ReadRow read(ResultSet row) throws SQLException {
        int column = 1;
        List<String> key = new ArrayList<>(keys);
        for (int i = 0; i < keys; i++) {
            key.add(row.getString(column++));
        }
        String version = row.getString(column++);
        @Nullable
        Object[] values = new @Nullable Object[readers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = readers.get(i).read(row, column++);
        }
        List<@Nullable String> stored = new ArrayList<>(columns.writes().size());
        for (int i = 0; i < columns.writes().size(); i++) {
            stored.add(row.getString(column++));
        }
        return new ReadRow(key, version, columns.row(values), stored);
    }
}
