package dev.neap.scenario;

import dev.neap.transform.Row;
import dev.neap.transform.RowTransform;

/** Writes every column that is read into the one that is called the same with {@code copy} after it. */
public final class Copying implements RowTransform {

    @Override
    public Row transform(Row row) {
        Row copy = row;
        for (String column : row.columns().reads()) {
            copy = copy.with(column + " copy", row.get(column));
        }
        return copy;
    }
}
