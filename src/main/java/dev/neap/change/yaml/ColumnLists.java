package dev.neap.change.yaml;

import dev.neap.sql.Identifier;

/** Lists of columns that are named, not computed. */
final class ColumnLists {

    /** Of which there must be one. */
    static final ListOf<Identifier> NAMES = new ListOf<>(
            Scalars.NAME, "a list of columns", "Write a list with at least one column: [email].");

    private ColumnLists() {}
}
