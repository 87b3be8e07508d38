package dev.neap.run;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How many rows a pass still has before it: what the statistics promised when it began, corrected by what it met.
 *
 * <p>Two answers are weighed. The statistics say {@code expected − visited}, which is wrong where they are old. The share
 * {@code s} of the key or block space that is behind says {@code visited · (1 − s) / s}, which is wrong where keys lie
 * unevenly. The second counts {@code w²}, {@code w = max(s, visited / expected)}: little at first, everything at the end or
 * once the statistics are refuted. Where the two differ, the bounds lie towards both, and close as the pass ends.
 *
 * @param least it may be so few; ≥ 0
 * @param likely between the two
 * @param most it may be so many
 */
record RowsLeft(double least, double likely, double most) {

    /** Below this, a share is too coarse to be divided by. */
    private static final double SMALLEST_SHARE = 0.001;

    /** Only statistics that were never gathered are replaced by a share, and only from here on. */
    private static final double TELLING_SHARE = 0.02;

    /**
     * @param expected rows of the pass, from the statistics; 0 if there are none
     * @param share of the space that is behind, 0 to 1
     * @return empty if nobody can know: more was visited than was expected, and no share says how much is left
     */
    static Optional<RowsLeft> of(long expected, long visited, OptionalDouble share) {
        double behind = share.orElse(0);
        double promised = expected - visited;
        if (behind < SMALLEST_SHARE || (expected <= 0 && behind < TELLING_SHARE)) {
            return promised > 0 ? Optional.of(new RowsLeft(promised, promised, promised)) : Optional.empty();
        }
        double extrapolated = visited * (1 - behind) / behind;
        if (promised <= 0) {
            return Optional.of(new RowsLeft(extrapolated, extrapolated, extrapolated));
        }
        double trust = Math.max(behind, visited / (double) expected);
        double likely = promised + trust * trust * (extrapolated - promised);
        double doubt = trust * (1 - behind);
        return Optional.of(new RowsLeft(
                likely - doubt * (likely - Math.min(promised, extrapolated)),
                likely,
                likely + doubt * (Math.max(promised, extrapolated) - likely)));
    }
}
