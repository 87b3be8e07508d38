package dev.neap.scenario;

import dev.neap.transform.Row;
import dev.neap.transform.RowTransform;
import java.util.UUID;

/** Writes another {@code token} each time. */
public final class Drawing implements RowTransform {

    @Override
    public Row transform(Row row) {
        return row.with("token", UUID.randomUUID());
    }
}
