package dev.neap.catalog;

import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A unique, NOT NULL, ordered key of a table: what keyset paging walks, in the order of its index.
 *
 * @param index the index behind it
 * @param columns at least one
 */
public record Key(Identifier index, List<KeyColumn> columns) {

    /**
     * One column of the key.
     *
     * @param type as {@code format_type} prints it
     * @param collation to be named in comparisons, if the index does not use the column's own
     */
    public record KeyColumn(Identifier name, String type, Optional<String> collation) {}

    public Key {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("The key of index " + index + " has no column.");
        }
    }

    /** The same where columns have other types; a column that is not among them has the one that it had. */
    public Key retyped(Map<Identifier, String> types) {
        return new Key(
                index,
                columns.stream()
                        .map(column -> new KeyColumn(
                                column.name(), types.getOrDefault(column.name(), column.type()),
                                column.collation()))
                        .toList());
    }

    public List<Identifier> names() {
        return columns.stream().map(KeyColumn::name).toList();
    }

    /**
     * The best key of a table: its primary key, else the unique index with the fewest columns, all of them NOT NULL.
     * Partial, deferrable, invalid and expression indexes do not count, nor those with mixed directions, nor those over
     * generated columns, which PostgreSQL computes only after the triggers that follow a key.
     */
    public static Optional<Key> of(Table table) {
        return table.indexes()
                .stream()
                .filter(index -> usable(index, table))
                .min(java.util.Comparator.comparing((Index index) -> !index.primary())
                        .thenComparingInt(index -> index.keys().size())
                        .thenComparing(Index::name))
                .map(index -> toKey(index, table));
    }

    private static boolean usable(Index index, Table table) {
        return index.unique()
                && index.valid()
                && index.ordered()
                && index.immediate()
                && !index.partial()
                && index.keys()
                        .stream()
                        .allMatch(part -> part.column()
                                .flatMap(table::column)
                                .map(column -> column.notNull() && column.origin() != Column.Origin.GENERATED)
                                .orElse(false));
    }

    private static Key toKey(Index index, Table table) {
        return new Key(
                index.name(),
                index.keys()
                        .stream()
                        .map(part -> {
                            Column column = part.column().flatMap(table::column).orElseThrow();
                            return new KeyColumn(column.name(), column.type(), part.collation());
                        })
                        .toList());
    }
}
