package dev.neap.pace.signal;

import dev.neap.pace.Reading;
import java.time.Instant;
import java.util.OptionalDouble;

/** How much of the room up to a limit is taken: {@code value / limit}; with a limit of nothing, anything is too much. */
final class Pressure {

    /** Clearly over the limit, for what is either so or not so. */
    static final double TOO_MUCH = 2;

    private Pressure() {}

    /** A reading that is a number, with the pressure that it makes. */
    static Reading.Level level(Instant at, double value, double limit, String what) {
        return new Reading.Level(at, of(value, limit), what, OptionalDouble.of(value));
    }

    static Reading.Level level(Instant at, long value, double limit, String what) {
        return level(at, (double) value, limit, what);
    }

    static double of(long value, double limit) {
        return of((double) value, limit);
    }

    static double of(long value, long limit) {
        return of((double) value, (double) limit);
    }

    static double of(double value, double limit) {
        if (limit > 0) {
            return Math.max(0, value / limit);
        }
        return value > 0 ? TOO_MUCH : 0;
    }
}
