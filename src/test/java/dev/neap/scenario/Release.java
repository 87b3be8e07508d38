package dev.neap.scenario;

import dev.neap.scenario.TableColumns.Column;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One release of an application: the statements that it sends to a table, made from the columns that it knows.
 *
 * @param inserted the columns that its INSERT names
 * @param updated the columns that its UPDATE may name
 * @param required the columns that it never sets to NULL
 * @param keys the columns by which it tells rows; by their address if there are none
 * @param texts what its text values look like
 */
record Release(
        String table,
        List<Column> inserted,
        List<Column> updated,
        Set<String> required,
        List<String> keys,
        String texts) {

    /** No two releases and no two statements write the same number, so that nothing unique is written twice. */
    private static final AtomicInteger NUMBERS = new AtomicInteger(1_000_000);

    /** Writes texts as people type them. */
    static Release old(Example example, TableColumns columns) {
        List<Column> written = columns.all()
                .stream()
                .filter(column -> !column.generated() && !example.untouched().contains(column.name()))
                .toList();
        return new Release(
                example.table(),
                written,
                written,
                example.required(),
                example.byKey()
                        ? columns.all().stream().filter(Column::key).map(Column::name).toList()
                        : List.of(),
                "  W%d@Example.com ");
    }

    /** Writes texts as the change wants them. */
    static Release next(Example example, TableColumns columns) {
        Release release = old(example, columns);
        return new Release(
                example.lastTable(),
                release.inserted,
                release.updated.stream()
                        .filter(column -> !example.insertedOnly().contains(column.name()))
                        .toList(),
                Stream.concat(example.required().stream(), example.insertedOnly().stream())
                        .collect(Collectors.toSet()),
                release.keys,
                "w%d@example.com");
    }

    /** An INSERT, UPDATE or DELETE of at most one row. */
    String statement(Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> insert(random);
            case 3 -> "DELETE FROM %s WHERE %s".formatted(table, anyRow(random));
            default -> updated.isEmpty() ? insert(random) : update(random);
        };
    }

    /** Reads one row, by the columns that the release knows. */
    String read(Random random) {
        return "SELECT %s FROM %s WHERE %s"
                .formatted(
                        inserted.isEmpty() ? "1" : names(inserted).collect(Collectors.joining(", ")),
                        table,
                        anyRow(random));
    }

    private String insert(Random random) {
        if (inserted.isEmpty()) {
            return "INSERT INTO " + table + " DEFAULT VALUES";
        }
        return "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(
                        table,
                        names(inserted).collect(Collectors.joining(", ")),
                        inserted.stream().map(column -> value(column, random)).collect(Collectors.joining(", ")));
    }

    /** Keys change too, now and then. */
    private String update(Random random) {
        boolean keys = random.nextInt(5) == 0 || updated.stream().allMatch(Column::key);
        return "UPDATE %s SET %s WHERE %s"
                .formatted(
                        table,
                        updated.stream()
                                .filter(column -> keys || !column.key())
                                .map(column -> column.name() + " = " + value(column, random))
                                .collect(Collectors.joining(", ")),
                        anyRow(random));
    }

    private String anyRow(Random random) {
        if (!keys.isEmpty()) {
            String key = String.join(", ", keys);
            return "(%1$s) = (SELECT %1$s FROM %2$s OFFSET %3$d LIMIT 1)".formatted(key, table, random.nextInt(5_000));
        }
        return "ctid = ANY (ARRAY(SELECT ctid FROM %s OFFSET %d LIMIT 1))".formatted(table, random.nextInt(5_000));
    }

    private String value(Column column, Random random) {
        if (column.nullable() && !required.contains(column.name()) && random.nextInt(3) == 0) {
            return "NULL";
        }
        int n = NUMBERS.incrementAndGet();
        return switch (column.type()) {
            case "smallint" -> String.valueOf(n % 30_000);
            case "integer", "bigint", "numeric" -> String.valueOf(n);
            case "uuid" -> "gen_random_uuid()";
            case "timestamp with time zone" -> "now() + interval '%d s'".formatted(n);
            case "text[]" -> "ARRAY['" + texts.formatted(n) + "']";
            case "text", "character varying" -> "'" + texts.formatted(n) + "'";
            default -> throw new IllegalArgumentException("Of type " + column.type() + " no value is known here.");
        };
    }

    private static Stream<String> names(List<Column> columns) {
        return columns.stream().map(Column::name);
    }
}
