package dev.neap.change.operation;

import dev.neap.sql.Identifier;

/**
 * A new column that is made from old ones.
 *
 * @param type any type that PostgreSQL knows, as it would stand in SQL
 * @param from SQL over the old columns
 * @param notNull whether it is NOT NULL in the end
 */
public record ComputedColumn(Identifier name, String type, String from, boolean notNull) {

    /** What it says, for the change's identity. */
    String outline() {
        return name.value() + " " + type + (notNull ? " NOT NULL" : "") + " = " + from;
    }
}
