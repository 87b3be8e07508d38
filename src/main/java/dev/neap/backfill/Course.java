package dev.neap.backfill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where a pass goes next: in plain ranges, or through the spans and strands of a stretch. Makes ranges smaller while a row
 * that does not fit is being looked for, and where transactions would take too long.
 */
final class Course {

    private final Ranges ranges;
    private final RangeWork work;
    private final Optional<Weaving> weaving;
    private final ChunkSize chunkSize;
    private final Bisection bisection = new Bisection();
    private long spanSize;
    private boolean woven;

    /** Goes on as at {@code checkpoint}. */
    Course(
            Ranges ranges,
            RangeWork work,
            Optional<Weaving> weaving,
            Duration target,
            Checkpoint checkpoint) {
        this.ranges = ranges;
        this.work = work;
        this.weaving = weaving;
        long most = weaving.map(Weaving::spanSize).orElse(ranges.maxSize());
        long initial = checkpoint.chunkRows() > 0
                ? checkpoint.chunkRows()
                : weaving.map(Weaving::spanSize).orElse(ranges.initialSize());
        this.chunkSize = new ChunkSize(target, initial, most);
        this.spanSize = Math.clamp(initial, 1, most);
        this.woven = weaving.isPresent();
    }

    /** Whether the next stretches are woven. */
    boolean isWoven() {
        return woven;
    }

    void weave(boolean wanted) {
        woven = wanted && weaving.isPresent();
    }

    /**
     * Gets the next range ready, in no transaction.
     *
     * @param atMost how long to wait
     */
    Readiness prepare(JdbcClient jdbc, Checkpoint checkpoint, Duration atMost) {
        if (checkpoint.finished() || checkpoint.stretch().isPresent() || checkpoint.upper().isEmpty()) {
            return new Readiness.Ready();
        }
        List<String> upper = checkpoint.upper().get();
        if (!woven) {
            return ranges.inTheWay(jdbc, checkpoint.after(), upper)
                    .<Readiness>map(Readiness.Blocked::new)
                    .orElseGet(Readiness.Ready::new);
        }
        Layout layout = new Layout(checkpoint.after(), upper, chunkSize.size(), weaving.get().weave());
        return work.prepare(ranges, layout, atMost) ? new Readiness.Ready() : new Readiness.Preparing();
    }

    /** A range, and the checkpoint from which it goes on: the one given, or that with a stretch begun. */
    record Leg(Range range, Checkpoint from) {}

    /**
     * @return empty if the segment has nothing more
     */
    Optional<Leg> next(JdbcClient jdbc, Checkpoint checkpoint) {
        if (checkpoint.upper().isEmpty()) {
            return Optional.empty();
        }
        if (checkpoint.stretch().isPresent()) {
            return Optional.of(new Leg(woven(jdbc, checkpoint, checkpoint.stretch().get()), checkpoint));
        }
        List<String> upper = checkpoint.upper().get();
        if (!woven) {
            // Sizes are those of spans where it may be woven again: of which a strand is a part.
            long size = Math.max(1, chunkSize.size() / strands());
            return ranges.next(jdbc, checkpoint.after(), upper, bisection.limit(size))
                    .map(range -> new Leg(range, checkpoint));
        }
        spanSize = chunkSize.size();
        Weave weave = weaving.get().weave();
        List<Span> spans = work.spans(jdbc, ranges, new Layout(checkpoint.after(), upper, spanSize, weave));
        if (spans.isEmpty()) {
            return Optional.empty();
        }
        Stretch begun = Stretch.begin(spans, weave);
        return Optional.of(new Leg(woven(jdbc, checkpoint, begun), checkpoint.weaving(begun)));
    }

    private Range woven(JdbcClient jdbc, Checkpoint checkpoint, Stretch stretch) {
        Span span = stretch.spanAtHand();
        Optional<List<String>> after = stretch.after(checkpoint.after());
        long limit = bisection.limit(chunkSize.size() < spanSize / 2 ? chunkSize.size() : Long.MAX_VALUE);
        // A span is never taken for a single row: it may have been laid out larger, and rows may have come since.
        long whole = Math.max(2, Math.max(spanSize, ranges.sizeOf(span.rows())));
        Strand strand = stretch.strandAtHand();
        List<String> upTo = limit >= whole
                ? span.end()
                : ranges.next(jdbc, after, span.end(), limit).map(Range::upTo).orElse(span.end());
        // The rows of a span count once, however many pieces its strand was cut into.
        long visited = upTo.equals(span.end()) ? strand.shareOf(span.rows()) : 0;
        return new Range(after, upTo, visited, Math.min(limit, whole), Optional.of(strand));
    }

    /** How many plain ranges are about as much work as a span. */
    private int strands() {
        return weaving.map(found -> found.weave().strands()).orElse(1);
    }

    /** What the checkpoint notes as the size of chunks. */
    long size() {
        return weaving.isPresent() ? spanSize : chunkSize.size();
    }

    /** How long the next chunks should take. */
    void aim(Duration duration) {
        chunkSize.aim(duration);
    }

    /** The range was done in so long. */
    void passed(Range range, Duration took) {
        chunkSize.took(range.strand().isPresent() ? range.size() : range.size() * strands(), took);
        bisection.passed(range.size());
    }

    /** The row that did not fit has been set aside. */
    void found() {
        bisection.found();
    }

    /** Someone held rows of the range. */
    void contended() {
        chunkSize.contended();
    }

    /**
     * The range holds a row that does not fit.
     *
     * @return whether it holds no other
     */
    boolean failed(Range range) {
        return bisection.failed(range.size());
    }
}
