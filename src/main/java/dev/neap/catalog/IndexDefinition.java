package dev.neap.catalog;

import dev.neap.sql.Identifier;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An index to be built.
 *
 * @param elements columns by name, or anything else that may stand in the parentheses of CREATE INDEX
 * @param using the access method; btree if empty
 * @param include further columns, stored but not searched
 * @param nullsNotDistinct whether a unique index takes NULLs for equal (PostgreSQL 15 and later)
 * @param where the condition of a partial index
 */
public record IndexDefinition(
        boolean unique,
        List<String> elements,
        Optional<Identifier> using,
        List<Identifier> include,
        boolean nullsNotDistinct,
        Optional<String> where) {

    /** The first version that can take NULLs for equal. */
    public static final int NULLS_NOT_DISTINCT_SINCE = 15;

    public IndexDefinition {
        elements = List.copyOf(elements);
        include = List.copyOf(include);
    }

    /** One to which no NULL equals another. */
    public IndexDefinition(
            boolean unique,
            List<String> elements,
            Optional<Identifier> using,
            List<Identifier> include,
            Optional<String> where) {
        this(unique, elements, using, include, false, where);
    }

    /**
     * All that follows {@code CREATE INDEX … ON table}.
     *
     * @param columns the table's columns: an element that is exactly the name of one is quoted as such, any other stands
     *     as it is
     */
    public String tail(Collection<Identifier> columns) {
        String inner = elements.stream()
                .map(element -> columns.stream()
                        .filter(column -> column.value().equals(element))
                        .map(Identifier::sql)
                        .findFirst()
                        .orElse(element))
                .collect(Collectors.joining(", "));
        return "USING " + using.map(Identifier::sql).orElse("btree") + " (" + inner + ")"
                + (include.isEmpty()
                        ? ""
                        : " INCLUDE (" + include.stream().map(Identifier::sql).collect(Collectors.joining(", ")) + ")")
                + (nullsNotDistinct ? " NULLS NOT DISTINCT" : "")
                + where.map(sql -> " WHERE " + sql).orElse("");
    }
}
