package dev.neap.pace.signal;

/** How much of the room up to a limit is taken: {@code value / limit}; with a limit of nothing, anything is too much. */
final class Pressure {

    /** Clearly over the limit, for what is either so or not so. */
    static final double TOO_MUCH = 2;

    private Pressure() {}

    static double of(long value, double limit) {
        return of((double) value, limit);
    }

    static double of(double value, double limit) {
        if (limit > 0) {
            return Math.max(0, value / limit);
        }
        return value > 0 ? TOO_MUCH : 0;
    }
}
