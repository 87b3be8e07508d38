package dev.neap.plan;

import dev.neap.catalog.Key;
import dev.neap.catalog.Table;
import dev.neap.change.BackfillOptions.Order;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Chooses how a table is walked. */
final class WalkChoice {

    /** A heap of up to so many bytes is taken for cached: its pages may be visited in any order. */
    private static final long CACHED_BYTES = 64L << 20;

    private static final double IN_ORDER = 0.9;

    private WalkChoice() {}

    /**
     * @param once whether some row must not be worked on twice
     * @return the walk, or why there is none
     */
    static Result choose(Table table, Order order, boolean once) {
        if (once && table.kind() == Table.Kind.PARTITIONED) {
            return refused(
                    "operations",
                    ("Table %s is partitioned: a row that moves to another partition is deleted and inserted, as if it were"
                            + " new, and this backfill must change each row exactly once.")
                            .formatted(table.name()),
                    "Write the backfill so that doing a row again changes nothing.");
        }
        Optional<Key> key = Key.of(table);
        if (order == Order.BLOCK) {
            return byBlock(table, once, "because the change file asks for it");
        }
        if (key.isPresent() && order == Order.AUTO && !once && jumps(table, key.get())) {
            return byBlock(
                    table,
                    false,
                    String.format(
                            Locale.ROOT,
                            "because rows lie in another order than %s (correlation %.2f), so that key order would read"
                                    + " pages over and over",
                            key.get().names().getFirst().sql(),
                            table.shape().correlation(key.get().names().getFirst()).orElseThrow()));
        }
        if (key.isPresent()) {
            String columns = key.get().names().stream().map(Identifier::sql).collect(Collectors.joining(", "));
            return new Result(
                    Optional.of(new Walk.ByKey(
                            key.get(),
                            "in key order (%s) along index %s, so that each row is visited once"
                                    .formatted(columns, key.get().index()))),
                    List.of());
        }
        if (order == Order.KEY) {
            return refused(
                    "backfill.order",
                    "Table %s has no unique NOT NULL key, and key order needs one.".formatted(table.name()),
                    "Add a unique index over NOT NULL columns, or set order: block.");
        }
        return byBlock(table, once, "because the table has no unique NOT NULL key");
    }

    /** Whether key order would visit the pages of a table that is not all in cache in another order than theirs. */
    private static boolean jumps(Table table, Key key) {
        OptionalDouble correlation = table.shape().correlation(key.names().getFirst());
        return table.kind() == Table.Kind.ORDINARY
                && table.shape().heapBytes() > CACHED_BYTES
                && correlation.isPresent()
                && Math.abs(correlation.getAsDouble()) < IN_ORDER;
    }

    private static Result byBlock(Table table, boolean once, String why) {
        if (once) {
            return refused(
                    "operations",
                    "Table %s can only be walked by block (%s), where a row may be met twice, and this backfill must change each row exactly once."
                            .formatted(table.name(), why),
                    "Add a unique NOT NULL key of columns that are not generated, or write the backfill so that doing a row again"
                            + " changes nothing.");
        }
        if (table.kind() == Table.Kind.PARTITIONED) {
            return refused(
                    "table",
                    "Table %s is partitioned and has no unique NOT NULL key to walk it by.".formatted(table.name()),
                    "Change each partition by itself, or add a key.");
        }
        return new Result(Optional.of(new Walk.ByBlock("by block (ctid ranges), " + why)), List.of());
    }

    private static Result refused(String at, String fact, String remedy) {
        return new Result(Optional.empty(), List.of(new Problem(at, fact, remedy)));
    }

    record Result(Optional<Walk> walk, List<Problem> problems) {}
}
