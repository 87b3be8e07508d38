package dev.neap.backfill;

import java.util.List;
import java.util.Optional;

/**
 * What the next stretch shall be.
 *
 * @param after it begins behind this key; empty at the beginning of the table
 * @param upper it does not go beyond this key
 * @param size of its spans, in units of the walk; ≥ 1
 * @param weave its strands
 */
public record Layout(Optional<List<String>> after, List<String> upper, long size, Weave weave) {

    public Layout {
        upper = List.copyOf(upper);
        if (size < 1) {
            throw new IllegalArgumentException("Spans of size " + size + " hold nothing.");
        }
    }

    /** Whether the other one is the same, but for its size. */
    public boolean isLike(Layout other) {
        return after.equals(other.after) && upper.equals(other.upper) && weave.equals(other.weave);
    }
}
