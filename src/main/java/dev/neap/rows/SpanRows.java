package dev.neap.rows;

import dev.neap.backfill.Weaving;
import java.util.concurrent.atomic.AtomicLong;

/** How many rows a span of the row path holds, in all segments of a step: so many that a stretch is read in good time. */
final class SpanRows {

    /** Nobody knows yet how long the class takes. */
    private static final long FIRST = 250;

    private static final long LEAST = 10;

    private final RowPath.Terms terms;
    private final AtomicLong rows;

    SpanRows(RowPath.Terms terms) {
        this.terms = terms;
        this.rows = new AtomicLong(Math.min(FIRST, most()));
    }

    private long most() {
        return Math.max(LEAST, terms.stretchRows() / Weaving.SPANS);
    }

    long next() {
        return rows.get();
    }

    /** Learns from a stretch how long its rows took. */
    void took(ReadStretch stretch) {
        double faster = (double) terms.stretchTime().toNanos() / Math.max(1, stretch.took().toNanos());
        long each = Math.max(LEAST, stretch.visited() / Math.max(1, stretch.spans().size()));
        long wanted = Math.clamp((long) (each * Math.clamp(faster, 0.25, 4)), LEAST, most());
        // The last stretch of a segment has smaller spans; that says nothing.
        rows.updateAndGet(now -> faster < 1 ? Math.min(now, wanted) : Math.max(now, wanted));
    }
}
