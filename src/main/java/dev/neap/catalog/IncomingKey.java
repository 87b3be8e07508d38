package dev.neap.catalog;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A foreign key from another table.
 *
 * @param definition may end with {@code NOT VALID}
 * @param referenced the table that it references, as the definition writes it
 * @param columns the columns that it references
 */
public record IncomingKey(
        QualifiedName holder,
        Identifier name,
        String definition,
        String referenced,
        List<Identifier> columns,
        boolean holderPartitioned,
        Optional<String> comment) {

    private static final String NOT_VALID = " NOT VALID";

    public IncomingKey {
        columns = List.copyOf(columns);
    }

    /** Whether every row is known to keep it. */
    public boolean validated() {
        return !definition.endsWith(NOT_VALID);
    }

    /** The definition with another table in the place of the one that it references; without {@code NOT VALID}. */
    public String referencing(QualifiedName table) {
        String before = " REFERENCES " + referenced + "(";
        int at = definition.indexOf(before);
        if (at < 0) {
            throw new IllegalStateException(
                    "Foreign key %s of %s does not reference %s: %s".formatted(name, holder, referenced,
                            definition));
        }
        String there = definition.substring(0, at) + " REFERENCES " + table + "("
                + definition.substring(at + before.length());
        return validated() ? there : there.substring(0, there.length() - NOT_VALID.length());
    }
}
