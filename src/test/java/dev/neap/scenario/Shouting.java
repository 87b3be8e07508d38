package dev.neap.scenario;

import dev.neap.transform.Row;
import dev.neap.transform.RowTransform;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Writes {@code loud} in capitals of {@code said}; before that, a test may do something to the row. */
public final class Shouting implements RowTransform {

    /** Told each row before it is transformed. */
    static final AtomicReference<Consumer<Row>> MEANWHILE = new AtomicReference<>(row -> {});

    @Override
    public Row transform(Row row) {
        MEANWHILE.get().accept(row);
        String said = row.text("said");
        if (said == null) {
            throw new IllegalArgumentException("nothing was said");
        }
        return row.with("loud", said.toUpperCase(Locale.ROOT));
    }
}
