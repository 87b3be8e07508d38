package dev.neap.catalog;

import dev.neap.sql.Identifier;
import java.util.List;

/**
 * A constraint of a table.
 *
 * @param columns the table's own columns that it binds; empty for a CHECK over none
 * @param definition what {@code pg_get_constraintdef} prints
 */
public record Constraint(
        Identifier name,
        Kind kind,
        boolean validated,
        List<Identifier> columns,
        String definition) {

    /** The kinds that {@code pg_constraint.contype} tells apart. */
    public enum Kind {
        CHECK,
        FOREIGN_KEY,
        NOT_NULL,
        PRIMARY_KEY,
        UNIQUE,
        EXCLUDE,
        TRIGGER
    }

    public Constraint {
        columns = List.copyOf(columns);
    }
}
