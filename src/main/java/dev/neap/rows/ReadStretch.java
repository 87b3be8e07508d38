package dev.neap.rows;

import dev.neap.backfill.Layout;
import dev.neap.backfill.Range;
import dev.neap.backfill.Span;
import dev.neap.backfill.Strand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a stretch, read once and transformed, waiting for their strands.
 *
 * @param layout what was asked for
 * @param spans what it became
 * @param rows those to be written, by span and strand
 * @param file that addresses are in; empty for keys
 * @param took to read and transform
 */
record ReadStretch(Layout layout, List<Span> spans, Map<Place, PackedRows> rows, Optional<Long> file, Duration took) {

    /** A strand of a span. */
    record Place(Optional<List<String>> after, List<String> upTo, Strand strand) {}

    /** Those of a whole strand of a whole span; empty for any other range. */
    Optional<PackedRows> of(Range range) {
        return range.strand()
                .map(strand -> rows.get(new Place(range.after(), range.upTo(), strand)));
    }

    long visited() {
        return spans.stream().mapToLong(Span::rows).sum();
    }

    /** What comes behind it, in spans of this size. */
    Layout next(long size) {
        return new Layout(Optional.of(spans.getLast().end()), layout.upper(), size, layout.weave());
    }
}
