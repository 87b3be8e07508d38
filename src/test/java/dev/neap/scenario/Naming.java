package dev.neap.scenario;

import dev.neap.transform.Row;
import dev.neap.transform.RowTransform;

/** Names a row by its key. */
public final class Naming implements RowTransform {

    @Override
    public Row transform(Row row) {
        return row.with("status", "named");
    }
}
