package dev.neap.change.operation;

import dev.neap.catalog.Index;
import dev.neap.catalog.Table;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.step.Offenders;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Queries for rows that stand against a constraint. Each row is named by the table's key: {@code (id)=(7)}.
 *
 * @param table whose rows are looked at
 */
record OffendingRows(Table table) {

    private static final String LIMIT = "\nLIMIT " + Offenders.MOST;

    /** Rows with a NULL. */
    Offenders nulls(Identifier column) {
        return new Offenders(
                "rows whose " + column + " is NULL",
                "SELECT " + named() + "\nFROM " + table.name() + "\nWHERE " + column + " IS NULL" + LIMIT,
                List.of(column),
                "Give them a value",
                false);
    }

    /**
     * Rows for which the expression is false; NULL passes (manual, 5.4.1).
     *
     * @param reads the columns that the expression reads; their values are shown
     */
    Offenders violations(Identifier check, String expression, List<Identifier> reads) {
        return new Offenders(
                "rows that break check " + check,
                "SELECT " + named() + (reads.isEmpty() ? "" : " || ' with ' || " + values(reads)) + "\nFROM "
                        + table.name() + "\nWHERE NOT (" + expression + ")" + LIMIT,
                reads,
                "Correct them",
                false);
    }

    /**
     * Rows without the row that they refer to. A row with a NULL refers to none (MATCH SIMPLE); or only one that has
     * nothing else, and a row with some of it is as bad (MATCH FULL).
     */
    Offenders orphans(List<Identifier> columns, AddForeignKey.References references, boolean full) {
        String matches = IntStream.range(0, columns.size())
                .mapToObj(i -> "neap_parent." + references.columns().get(i) + " = " + qualified(columns.get(i)))
                .collect(Collectors.joining(" AND "));
        return new Offenders(
                "rows without their row in " + references.table(),
                "SELECT " + named() + " || ' with ' || " + values(columns) + "\nFROM " + table.name() + "\nWHERE "
                        + (full ? "(" + filled(columns, " OR ") + ")" : filled(columns, " AND "))
                        + "\n  AND NOT EXISTS (SELECT FROM " + references.table()
                        + " AS neap_parent WHERE " + matches + ")" + LIMIT,
                columns,
                "Insert the missing rows there, or clear what refers to them",
                false);
    }

    /**
     * Values that more than one row has, with two of the rows.
     *
     * @param nullsNotDistinct whether NULLs count as equal
     */
    Offenders duplicates(List<Identifier> columns, boolean nullsNotDistinct) {
        String names = names(columns);
        String aliases = IntStream.range(0, columns.size())
                .mapToObj(i -> qualified(columns.get(i)) + " AS neap_" + i)
                .collect(Collectors.joining(", "));
        String groups = columns.stream().map(this::qualified).collect(Collectors.joining(", "));
        String matches = IntStream.range(0, columns.size())
                .mapToObj(i -> qualified(columns.get(i)) + (nullsNotDistinct ? " IS NOT DISTINCT FROM " : " = ")
                        + "neap_twice.neap_" + i)
                .collect(Collectors.joining(" AND "));
        String keys = IntStream.range(0, columns.size())
                .mapToObj(i -> "neap_" + i)
                .collect(Collectors.joining(", "));
        return new Offenders(
                "values of (%s) that more than one row has".formatted(names),
                """
                        WITH neap_twice AS MATERIALIZED (
                          SELECT %s, count(*) AS neap_rows
                          FROM %s%s
                          GROUP BY %s HAVING count(*) > 1%s)
                        SELECT %s || ' in ' || neap_rows || ' rows, such as ' || min(%s) || ' and ' || max(%s)
                        FROM neap_twice JOIN %s ON %s
                        GROUP BY %s, neap_rows"""
                        .formatted(
                                aliases, table.name(), nullsNotDistinct ? "" : " WHERE " + filled(columns, " AND "),
                                groups,
                                LIMIT, shown(names, keyValues(columns)), named(), named(), table.name(), matches, keys),
                columns,
                "Make them different, or delete all rows but one",
                true);
    }

    private static String keyValues(List<Identifier> columns) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> text("neap_" + i))
                .collect(Collectors.joining(" || ', ' || "));
    }

    /** An SQL expression that tells a row from all others. */
    private String named() {
        return key().map(this::values)
                .orElseGet(() -> (table.kind() == Table.Kind.PARTITIONED
                        ? qualified(new Identifier("tableoid")) + "::regclass::text || ' "
                        : "'")
                        + "(ctid)=' || " + qualified(new Identifier("ctid")) + "::text");
    }

    private Optional<List<Identifier>> key() {
        return table.indexes()
                .stream()
                .filter(index -> index.unique() && index.valid() && index.immediate() && !index.partial())
                .filter(this::tellsRowsApart)
                .sorted(java.util.Comparator.comparing(index -> !index.primary()))
                .map(index -> index.keys().stream().map(part -> part.column().orElseThrow()).toList())
                .findFirst();
    }

    private boolean tellsRowsApart(Index index) {
        return index.keys()
                .stream()
                .allMatch(part -> part.column()
                        .flatMap(table::column)
                        .filter(dev.neap.catalog.Column::notNull)
                        .isPresent());
    }

    private String values(List<Identifier> columns) {
        return shown(
                names(columns),
                columns.stream().map(column -> text(qualified(column))).collect(Collectors.joining(" || ', ' || ")));
    }

    private static String shown(String names, String values) {
        return Literal.of("(" + names + ")=(") + " || " + values + " || ')'";
    }

    private static String text(String value) {
        return "coalesce(left(" + value + "::text, 60), 'NULL')";
    }

    private String filled(List<Identifier> columns, String operator) {
        return columns.stream().map(column -> qualified(column) + " IS NOT NULL").collect(Collectors.joining(operator));
    }

    private String qualified(Identifier column) {
        return table.name().name() + "." + column;
    }

    private static String names(List<Identifier> columns) {
        return columns.stream().map(Identifier::sql).collect(Collectors.joining(", "));
    }
}
