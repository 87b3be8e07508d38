package dev.neap.backfill;

import java.time.Duration;

/**
 * How large the next chunk should be so that its transaction takes about as long as it should.
 *
 * <p>{@code next = size · clamp(target / took, ½, 2)}: it follows a change of load within a few chunks, and one odd chunk
 * moves it by a factor of two at the most. A chunk that ran into a lock is halved.
 */
final class ChunkSize {

    private final long max;
    private Duration target;
    private long size;

    /**
     * @param initial the first size; 1 to {@code max}
     */
    ChunkSize(Duration target, long initial, long max) {
        this.target = target;
        this.max = max;
        this.size = Math.clamp(initial, 1, max);
    }

    long size() {
        return size;
    }

    /** From now on a chunk should take so long; where that is less than before, the next one already is as much smaller. */
    void aim(Duration duration) {
        if (duration.compareTo(target) < 0) {
            size = Math.clamp(Math.round(size * (duration.toNanos() / (double) target.toNanos())), 1, max);
        }
        target = duration;
    }

    /** A chunk of {@code done} units took so long. */
    void took(long done, Duration took) {
        if (done < size / 2) {
            // The end of the table, or a piece of a bisection: says nothing about a full chunk.
            return;
        }
        double ratio = target.toNanos() / (double) Math.max(1, took.toNanos());
        size = Math.clamp(Math.round(size * Math.clamp(ratio, 0.5, 2.0)), 1, max);
    }

    /** A chunk met a lock, or was too slow for its timeout. */
    void contended() {
        size = Math.max(1, size / 2);
    }
}
