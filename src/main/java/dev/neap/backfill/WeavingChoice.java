package dev.neap.backfill;

import dev.neap.backfill.WeaveProbe.Found;
import java.util.Optional;

/** Decides whether and how a step weaves. */
public final class WeavingChoice {

    private static final long MEGABYTE = 1024 * 1024;

    /** A smaller table is done in a moment, and wasted space in it matters to nobody. */
    private static final long WORTH_IT = 10_000;

    /** Rows in a transaction: with fewer, its own cost would count. */
    private static final int LEAST_CHUNK = 250;

    private WeavingChoice() {}

    /**
     * @param found what the table looks like
     * @param segments into how many parts the table is cut
     * @param rows in the table
     * @return empty for plain ranges
     */
    public static Optional<Weaving> choose(Found found, Effort effort, Ranges ranges, int segments, long rows) {
        boolean asked = effort.strands().isPresent();
        if (found.page().isEmpty() || effort.strands().equals(Optional.of(1)) || (!asked && rows < WORTH_IT)) {
            return Optional.empty();
        }
        Weave weave = effort.strands()
                .map(strands -> even(found.page().get(), strands))
                .orElseGet(() -> WeaveChoice.choose(found.page().get(), ranges.lookingCost()));
        if (weave.strands() == 1) {
            return Optional.empty();
        }
        long bytes = Math.clamp(found.bufferBytes() / 2 / effort.workers(), 8 * MEGABYTE, 256 * MEGABYTE);
        double inCache = bytes / found.rowBytes() / Weaving.SPANS;
        // Smaller where the segment would otherwise have too few spans to keep transactions apart.
        double apart = Math.ceil((double) rows / segments / Weaving.SPANS);
        double least = asked ? 1 : (double) LEAST_CHUNK * weave.strands();
        long span = (long) Math.max(least, Math.min(inCache, apart));
        return Optional.of(new Weaving(weave, ranges.sizeOf(span)));
    }

    /** So many strands of the same size. */
    private static Weave even(PageModel page, int strands) {
        int each = Math.max(1, Math.ceilDiv(page.rows(), strands));
        return Weave.of(java.util.stream.IntStream.range(0, strands).map(i -> each).boxed().toList());
    }
}
