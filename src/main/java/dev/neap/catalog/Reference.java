package dev.neap.catalog;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;

/**
 * Something outside a table that depends on some of its columns: a view, or another table's foreign key.
 *
 * @param columns the columns of the table that it uses
 */
public record Reference(Kind kind, QualifiedName holder, Identifier name, List<Identifier> columns) {

    /** What refers to the table. */
    public enum Kind {
        VIEW,
        FOREIGN_KEY
    }

    public Reference {
        columns = List.copyOf(columns);
    }
}
