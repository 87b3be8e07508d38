package dev.neap.pace;

/**
 * Which part of its time work may take under one signal's pressure {@code p}: less by a factor, more by a sum.
 *
 * <pre>
 * p &gt; 1           hold, until p ≤ 0.9; then begin with the least share, 0.05
 * 0.75 &lt; p ≤ 1    share ← max(0.05, share · (1 − ½ · (p − 0.75) / 0.25))   with each reading
 * 0.6 ≤ p ≤ 0.75   share stays
 * p &lt; 0.6         share ← min(1, share + 0.1 · seconds since the last reading)
 * </pre>
 *
 * So at its limit a signal halves the work with each reading, and it takes about ten seconds until all of it is back.
 */
final class Yielding {

    static final double LEAST = 0.05;

    private static final double RESUME = 0.9;
    private static final double HIGH = 0.75;
    private static final double LOW = 0.6;
    private static final double RISE = 0.1;

    /** A longer time between two readings says nothing about what was between them. */
    private static final double LONGEST = 5;

    private double share = 1;
    private boolean holds;

    /**
     * @param elapsed seconds since the last reading
     * @param steers whether pressure below the limit counts; otherwise something else takes care of that, and of how work
     *     begins again after a hold
     */
    void read(double pressure, double elapsed, boolean steers) {
        holds = pressure > (holds ? RESUME : 1);
        if (!steers) {
            share = 1;
        } else if (holds) {
            share = LEAST;
        } else if (pressure > HIGH) {
            double beyond = Math.min(1, (pressure - HIGH) / (1 - HIGH));
            share = Math.max(LEAST, share * (1 - beyond / 2));
        } else if (pressure < LOW) {
            share = Math.min(1, share + RISE * Math.clamp(elapsed, 0, LONGEST));
        }
    }

    boolean holds() {
        return holds;
    }

    /** {@value #LEAST} to 1. */
    double share() {
        return share;
    }
}
