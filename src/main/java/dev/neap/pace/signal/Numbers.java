package dev.neap.pace.signal;

import dev.neap.change.signal.Unit;
import dev.neap.pace.Reading;
import java.time.Instant;
import java.util.OptionalDouble;

/** Numbers that Neap knows nothing of but their limit. */
final class Numbers {

    private Numbers() {}

    static Reading level(String name, double value, double limit, Instant now) {
        return Pressure.level(now, value, limit,
                "%s is %s (limit %s)".formatted(name, Unit.NUMBER.words(value), Unit.NUMBER.words(limit)));
    }

    /** The number that this text is; empty if it is none. */
    static OptionalDouble parse(String text) {
        try {
            double value = Double.parseDouble(text.strip());
            return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
