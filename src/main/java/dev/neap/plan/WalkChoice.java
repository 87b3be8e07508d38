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
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses how a table is walked. */
final class WalkChoice {

    /** A heap of up to so many bytes is taken for cached: its pages may be visited in any order. */
    private static final long CACHED_BYTES = 64L << 20;

    /** Below this, too many rows lie far from their neighbours; a table that was updated once has about 0.7. */
    private static final double IN_ORDER = 0.5;

    private static final String REPEATABLE = "Write the backfill so that doing a row again changes nothing.";

    private WalkChoice() {}

    /**
     * What the change asks of the walk.
     *
     * @param once whether some row must not be worked on twice
     * @param assigns whether all that is done to rows is to set columns to expressions
     * @param sets those columns
     */
    record Demand(Order order, boolean once, boolean assigns, Set<Identifier> sets) {
        Demand {
            sets = Set.copyOf(sets);
        }
    }

    /** @return the walk, or why there is none */
    static Result choose(Table table, Demand demand) {
        return switch (table.kind()) {
            case ORDINARY -> setsItsOwnKey(table, demand)
                    ? refused(
                            "operations",
                            ("Table %s is walked in the order of its key, and this backfill sets a column of that key: a row"
                                    + " that moves ahead of its position would be met there again, and it must be changed"
                                    + " exactly once.")
                                    .formatted(table.name()),
                            REPEATABLE)
                    : ordinary(table, demand.order(), demand.once());
            case PARTITIONED -> partitioned(table, demand);
        };
    }

    /** Where no row may be met twice. */
    private static boolean setsItsOwnKey(Table table, Demand demand) {
        return demand.once()
                && Key.of(table).stream().flatMap(key -> key.names().stream()).anyMatch(demand.sets()::contains);
    }

    private static Result partitioned(Table table, Demand demand) {
        Optional<Key> key = Key.of(table);
        if (setsItsOwnKey(table, demand)) {
            return refused(
                    "operations",
                    ("Table %s is partitioned, and this backfill sets a column of its key: a row that moves to another"
                            + " partition would be met there again, and it must be changed exactly once.")
                            .formatted(table.name()),
                    REPEATABLE);
        }
        if (demand.order() == Order.KEY && key.isEmpty()) {
            return ordinary(table, Order.KEY, demand.once());
        }
        Optional<String> obstacle = LeafChoice.obstacle(table, demand);
        if (obstacle.isEmpty()) {
            Optional<Walk> walk = LeafChoice.choose(table, key, demand);
            if (walk.isPresent()) {
                return new Result(walk, List.of());
            }
        }
        String why = obstacle.orElse(
                demand.once()
                        ? "this backfill must change each row exactly once, and by block a row may be met twice"
                        : "some of its columns are generated, so that rows can't be followed by their addresses");
        if (key.isPresent() && demand.order() != Order.BLOCK) {
            return new Result(
                    Optional.of(new Walk.ByKey(
                            key.get(), byKey(key.get()) + "; through the whole table, because " + why)),
                    List.of());
        }
        return key.isEmpty()
                ? refused(
                        "table",
                        "Table %s is partitioned and has no unique NOT NULL key to walk it by, and %s."
                                .formatted(table.name(), why),
                        "Change each partition by itself, or add a key.")
                : refused(
                        "backfill.order",
                        "Table %s is partitioned and can't be gone over by block: %s.".formatted(table.name(), why),
                        "Leave order out.");
    }

    private static String byKey(Key key) {
        return "in key order (%s) along index %s, so that each row is visited once"
                .formatted(key.names().stream().map(Identifier::sql).collect(Collectors.joining(", ")), key.index());
    }

    private static Result ordinary(Table table, Order order, boolean once) {
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
            return new Result(Optional.of(new Walk.ByKey(key.get(), byKey(key.get()))), List.of());
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
        return jumps(table.shape().heapBytes(), table.shape().correlation(key.names().getFirst()));
    }

    /** The same of so many bytes. */
    static boolean jumps(long heapBytes, OptionalDouble correlation) {
        return heapBytes > CACHED_BYTES
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
        return new Result(Optional.of(new Walk.ByBlock("by block (ctid ranges), " + why)), List.of());
    }

    private static Result refused(String at, String fact, String remedy) {
        return new Result(Optional.empty(), List.of(new Problem(at, fact, remedy)));
    }

    record Result(Optional<Walk> walk, List<Problem> problems) {}
}
