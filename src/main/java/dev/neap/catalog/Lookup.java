package dev.neap.catalog;

import dev.neap.sql.QualifiedName;
import java.util.List;

/** What the catalog knows under a table's name. */
public sealed interface Lookup {

    /** A table that can be changed. */
    record Found(Table table) implements Lookup {}

    /**
     * Something else bears the name.
     *
     * @param words what it is, with its article: {@code a view}
     */
    record NotATable(QualifiedName name, String words) implements Lookup {}

    /**
     * Nothing bears the name.
     *
     * @param tables those of the same schema, and those of the same name in other schemas; at most 1,000, in the order of
     *     their names
     */
    record Missing(QualifiedName name, List<QualifiedName> tables) implements Lookup {
        public Missing {
            tables = List.copyOf(tables);
        }
    }
}
