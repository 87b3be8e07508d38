package dev.neap.pace;

/**
 * What a second of work costs in WAL, and how much others write, both from the primary's write position: nothing has to be
 * asked within a chunk, whatever is written for it counts (indexes, page images, its commit), and several workers don't
 * count each other's twice, as they would with a position read before and after each chunk.
 *
 * <p>{@code cost} is the average of Δwritten / Δworked, less what was written while nobody worked, over the last second of
 * work. {@code others = average Δwritten/Δt − cost · average Δworked/Δt}, not below 0. So an error of the cost is made
 * good by the others: their sum is always what is really written.
 */
final class WalCost {

    private static final double WORKED = 1;
    private static final double LEAST_HORIZON = 2;

    /** Stale after that: who wrote while nobody worked may have ended. */
    private static final double IDLE_HORIZON = 30;

    private double written;
    private double worked;
    private double idle;
    private double bytes;
    private double seconds;
    private boolean begun;

    /**
     * @param elapsed seconds since the last reading; positive
     * @param more bytes written since then
     * @param work seconds that all workers together worked since then
     */
    void read(double elapsed, double more, double work) {
        double keeps = begun ? Seconds.keeps(elapsed, Math.max(LEAST_HORIZON, 4 * elapsed)) : 0;
        begun = true;
        written = keeps * written + (1 - keeps) * more / elapsed;
        worked = keeps * worked + (1 - keeps) * work / elapsed;
        if (work < 0.02 * elapsed) {
            idle = keeps * idle + (1 - keeps) * more / elapsed;
            return;
        }
        double own = Math.max(more - idle * elapsed, 0.2 * more);
        double remembers = Seconds.keeps(work, WORKED);
        bytes = remembers * bytes + own;
        seconds = remembers * seconds + work;
        idle *= Seconds.keeps(elapsed, IDLE_HORIZON);
    }

    /** Whether any work has been seen. */
    boolean isKnown() {
        return seconds > 0;
    }

    /** Bytes a second of one worker's work; 0 or more. */
    double cost() {
        return seconds > 0 ? bytes / seconds : 0;
    }

    /** Bytes a second that others write; 0 or more. */
    double others() {
        return Math.max(0, written - cost() * worked);
    }

    /** Bytes a second, all together. */
    double rate() {
        return written;
    }
}
