package dev.neap.catalog;

import dev.neap.sql.Identifier;

/**
 * A user-visible trigger of a table.
 *
 * @param firesOnUpdate whether an UPDATE of any column, or of some, may fire it
 * @param before whether it runs before the row is written, and so may change it
 * @param definition what {@code pg_get_triggerdef} prints
 */
public record Trigger(
        Identifier name,
        boolean enabled,
        boolean firesOnUpdate,
        boolean before,
        boolean perRow,
        String definition) {}
