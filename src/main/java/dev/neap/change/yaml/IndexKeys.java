package dev.neap.change.yaml;

import dev.neap.catalog.IndexDefinition;
import dev.neap.sql.Identifier;
import java.util.List;

/** What may be said of an index besides its name and its columns, wherever one is built. */
final class IndexKeys {

    static final Key<Boolean> UNIQUE = Key.optional(
            "unique", Scalars.FLAG, "Whether no two rows may have the same values; false if left out.", true);
    static final Key<Identifier> USING = Key.optional(
            "using", Scalars.NAME, "The access method; btree if left out.", "gin");
    static final Key<List<Identifier>> INCLUDE = Key.optional(
            "include",
            new ListOf<>(
                    Scalars.NAME, "a list of columns", "Write a list with at least one column, or leave the key out."),
            "Further columns that the index stores but is not searched by.",
            List.of("created_at"));
    static final Key<Boolean> NULLS_NOT_DISTINCT = Key.optional(
            "nulls_not_distinct",
            Scalars.FLAG,
            "Whether a unique index takes two NULLs for equal; false if left out. Needs PostgreSQL 15 or later.",
            true);
    static final Key<String> WHERE = Key.optional(
            "where", Scalars.TEXT, "The condition of a partial index, in SQL.", "deleted_at IS NULL");

    private IndexKeys() {}

    static IndexDefinition definition(Fields fields, List<String> columns) {
        return new IndexDefinition(
                fields.find(UNIQUE).orElse(false),
                columns,
                fields.find(USING),
                fields.find(INCLUDE).orElse(List.of()),
                fields.find(NULLS_NOT_DISTINCT).orElse(false),
                fields.find(WHERE));
    }
}
