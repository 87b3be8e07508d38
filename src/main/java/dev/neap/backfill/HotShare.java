package dev.neap.backfill;

import java.util.OptionalLong;

/**
 * How many updated rows stayed on their pages (HOT updates), among those of the later strands of a stretch, for which
 * earlier ones should have made room. Where few do, something keeps PostgreSQL from pruning: most often an old snapshot.
 */
public final class HotShare {

    private static final int ENOUGH = 5_000;

    private long changed;
    private long stayed;

    void chunk(Range range, long rows, OptionalLong hot) {
        boolean later = range.strand().filter(strand -> strand.from() > 0).isPresent();
        if (later && hot.isPresent()) {
            changed += rows;
            // The transaction may have updated other rows of the table, by triggers.
            stayed += Math.min(rows, hot.getAsLong());
        }
    }

    /** Whether there is enough to say, and few rows stayed. */
    public boolean isPoor() {
        return changed >= ENOUGH && stayed < changed * 3 / 10;
    }

    /** What was so far says nothing about what comes. */
    void forget() {
        changed = 0;
        stayed = 0;
    }
}
