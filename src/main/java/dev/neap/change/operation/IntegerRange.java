package dev.neap.change.operation;

import dev.neap.sql.Identifier;
import java.util.Optional;

/** The integer types of PostgreSQL, from narrow to wide (manual, 8.1.1). */
enum IntegerRange {
    SMALLINT("smallint", Short.MIN_VALUE, Short.MAX_VALUE),
    INTEGER("integer", Integer.MIN_VALUE, Integer.MAX_VALUE),
    BIGINT("bigint", Long.MIN_VALUE, Long.MAX_VALUE);

    private final String type;
    private final long least;
    private final long most;

    IntegerRange(String type, long least, long most) {
        this.type = type;
        this.least = least;
        this.most = most;
    }

    /** @param type as {@code format_type} prints it */
    static Optional<IntegerRange> of(String type) {
        for (IntegerRange range : values()) {
            if (range.type.equals(type)) {
                return Optional.of(range);
            }
        }
        return Optional.empty();
    }

    boolean isNarrowerThan(IntegerRange other) {
        return compareTo(other) < 0;
    }

    /** The value of a column where it fits, else NULL. */
    String within(Identifier column) {
        return "CASE WHEN %s THEN %s END".formatted(holds(column), column);
    }

    /** The condition that a value fits. */
    String holds(Identifier column) {
        return "%s BETWEEN %d AND %d".formatted(column, least, most);
    }

    /** The condition that a value does not, as an index over the column finds it. */
    String exceeded(Identifier column) {
        return "%1$s > %2$d OR %1$s < %3$d".formatted(column, most, least);
    }
}
