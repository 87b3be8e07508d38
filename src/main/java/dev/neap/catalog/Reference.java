package dev.neap.catalog;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;

/**
 * Something that depends on some columns of a table, and keeps them from being dropped: a view, a foreign key that
 * references them, or a policy, trigger or generated column of the table itself, for example.
 *
 * @param columns the columns of the table that it uses
 */
public record Reference(Kind kind, QualifiedName holder, Identifier name, List<Identifier> columns) {

    /** What refers to the table. */
    public enum Kind {
        /** A view, materialized or not; holder and name are its own. */
        VIEW,
        /** A foreign key of another table, or of the table itself. */
        FOREIGN_KEY,
        /** A row security policy. */
        POLICY,
        /** A trigger that names the columns in UPDATE OF or WHEN. */
        TRIGGER,
        /** A column computed from them. */
        GENERATED_COLUMN,
        /** The index that tells rows apart for subscribers; without it PostgreSQL refuses to change published rows. */
        REPLICA_IDENTITY,
        /** A function whose body is SQL that PostgreSQL has read ({@code BEGIN ATOMIC}); holder and name are its own. */
        FUNCTION,
        /** A publication whose list of columns or whose condition names them; the name is its own. */
        PUBLICATION
    }

    public Reference {
        columns = List.copyOf(columns);
    }
}
