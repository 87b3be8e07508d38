package dev.neap.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ranges of 10,000 keys, each a transaction: what a careful person writes. */
final class KeyRanges implements Contender {

    private static final int KEYS = 10_000;

    @Override
    public String id() {
        return "ranges";
    }

    @Override
    public String title() {
        return "key ranges of 10,000 in SQL";
    }

    @Override
    public Effort run(TableCopy copy) {
        BenchTable table = copy.table();
        try (var session = copy.session()) {
            JdbcClient client = JdbcClient.create(session);
            List<Object> from = List.of();
            while (true) {
                Optional<List<Object>> to = bound(client, table, from);
                List<String> conditions = new ArrayList<>();
                List<Object> values = new ArrayList<>(from);
                if (!from.isEmpty()) {
                    conditions.add(compare(table, ">"));
                }
                to.ifPresent(bound -> {
                    conditions.add(compare(table, "<="));
                    values.addAll(bound);
                });
                client.sql("UPDATE public.users SET email_normalized = %s%s"
                        .formatted(BenchTable.EXPRESSION, where(conditions))).params(values).update();
                if (to.isEmpty()) {
                    return Effort.plain();
                }
                from = to.get();
            }
        }
    }

    /** The last key of the range that begins behind {@code from}; empty for the last range. */
    private static Optional<List<Object>> bound(JdbcClient client, BenchTable table, List<Object> from) {
        String sql = "SELECT %1$s FROM public.users%2$s ORDER BY %1$s OFFSET %3$d LIMIT 1".formatted(
                table.key("%s"), where(from.isEmpty() ? List.of() : List.of(compare(table, ">"))), KEYS - 1);
        return client.sql(sql)
                .params(from)
                .query((row, n) -> {
                    List<Object> key = new ArrayList<>();
                    for (int i = 1; i <= table.key().size(); i++) {
                        key.add(row.getObject(i));
                    }
                    return key;
                })
                .optional();
    }

    private static String compare(BenchTable table, String operator) {
        return "(%s) %s (%s)".formatted(
                table.key("%s"), operator, String.join(", ", Collections.nCopies(table.key().size(), "?")));
    }

    private static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }
}
