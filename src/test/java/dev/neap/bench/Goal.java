package dev.neap.bench;

import java.util.Locale;
import java.util.Optional;

/**
 * What Neap is to reach, and what it does.
 *
 * @param text what is compared with what
 * @param direction whether more or less is better
 * @param limit that has to be reached
 * @param unit with which the limit and the figure are shown
 * @param figure absent if it was not measured
 */
record Goal(String text, Direction direction, double limit, Unit unit, Optional<Double> figure) {

    enum Direction {
        AT_LEAST("≥"),
        AT_MOST("≤");

        private final String sign;

        Direction(String sign) {
            this.sign = sign;
        }
    }

    enum Unit {
        /** As a factor: {@code 3.50 ×}. */
        TIMES,
        /** As a share of one: {@code 15.0 %}. */
        PERCENT
    }

    /** Empty if it was not measured. */
    Optional<Boolean> met() {
        return figure.map(value -> direction == Direction.AT_LEAST ? value >= limit : value <= limit);
    }

    String wanted() {
        return direction.sign + " " + shown(limit);
    }

    /** The figure in words, or that there is none. */
    String measured() {
        return figure.map(this::shown).orElse("not measured");
    }

    private String shown(double value) {
        return switch (unit) {
            case TIMES -> String.format(Locale.ROOT, "%.2f ×", value);
            case PERCENT -> String.format(Locale.ROOT, "%.1f %%", value * 100);
        };
    }
}
