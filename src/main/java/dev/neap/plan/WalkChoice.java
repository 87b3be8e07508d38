package dev.neap.plan;

import dev.neap.catalog.Key;
import dev.neap.catalog.Table;
import dev.neap.change.BackfillOptions.Order;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Chooses how a table is walked. */
final class WalkChoice {

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
