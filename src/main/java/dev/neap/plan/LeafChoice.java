package dev.neap.plan;

import dev.neap.catalog.Column;
import dev.neap.catalog.Key;
import dev.neap.catalog.Leaf;
import dev.neap.catalog.Partitions;
import dev.neap.catalog.Table;
import dev.neap.change.BackfillOptions.Order;
import dev.neap.sql.Identifier;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Chooses how each leaf of a partitioned table is walked, or says why the table is walked as a whole. */
final class LeafChoice {

    private LeafChoice() {}

    /**
     * Why leaves can't be gone over by themselves.
     *
     * @return a clause; empty if they can
     */
    static Optional<String> obstacle(Table table, WalkChoice.Demand demand) {
        if (table.shape().partitions().isEmpty()) {
            return Optional.of("nothing is known of its partitions");
        }
        Partitions partitions = table.shape().partitions().get();
        if (!demand.assigns()) {
            return Optional.of("only rows that are set to an expression are gone over partition by partition");
        }
        Optional<Identifier> moving = partitions.columns().stream().filter(demand.sets()::contains).findFirst();
        if (moving.isPresent()) {
            return Optional.of(
                    "column %s decides on a row's partition, and only an UPDATE of the whole table moves rows"
                            .formatted(moving.get()));
        }
        if (partitions.statementTrigger().isPresent()) {
            return Optional.of("trigger %s fires once a statement, so it matters which table an UPDATE names"
                    .formatted(partitions.statementTrigger().get()));
        }
        return partitions.leaves()
                .stream()
                .filter(leaf -> leaf.obstacle().isPresent())
                .findFirst()
                .map(leaf -> "partition %s %s".formatted(leaf.name(), leaf.obstacle().get()));
    }

    /**
     * A walk where there is no obstacle.
     *
     * @param key of the whole table, and so of each leaf
     * @return empty if there is neither a key nor a way without
     */
    static Optional<Walk> choose(Table table, Optional<Key> key, WalkChoice.Demand demand) {
        boolean mayRepeat = !demand.once()
                // Of a row with generated columns no trigger can tell how it was before it moved.
                && table.columns().stream().noneMatch(column -> column.origin() == Column.Origin.GENERATED);
        if (!mayRepeat && (key.isEmpty() || demand.order() == Order.BLOCK)) {
            return Optional.empty();
        }
        List<Walk.Unit> units = table.shape()
                .partitions()
                .orElseThrow()
                .leaves()
                .stream()
                .map(leaf -> unit(leaf, key, demand.order(), mayRepeat))
                .toList();
        return Optional.of(new Walk.ByLeaf(key, units, reason(units, key, demand.order())));
    }

    private static Walk.Unit unit(Leaf leaf, Optional<Key> key, Order order, boolean mayRepeat) {
        if (key.isEmpty() || order == Order.BLOCK) {
            return new Walk.Unit(leaf, true, "");
        }
        OptionalDouble correlation = leaf.correlation(key.get().names().getFirst());
        boolean jumps = order == Order.AUTO && mayRepeat && WalkChoice.jumps(leaf.heapBytes(), correlation);
        return new Walk.Unit(
                leaf,
                jumps,
                jumps
                        ? String.format(
                                Locale.ROOT,
                                "rows lie in another order than %s, correlation %.2f",
                                key.get().names().getFirst().sql(),
                                correlation.orElseThrow())
                        : "");
    }

    private static String reason(List<Walk.Unit> units, Optional<Key> key, Order order) {
        long byBlock = units.stream().filter(Walk.Unit::byBlock).count();
        String how = key.filter(k -> order != Order.BLOCK)
                .map(k -> byBlock == 0
                        ? byKey(k)
                        : "%s, %d of them by block (ctid ranges)".formatted(byKey(k), byBlock))
                .orElseGet(() -> "by block (ctid ranges), because "
                        + (key.isEmpty()
                                ? "the table has no unique NOT NULL key"
                                : "the change file asks for it"));
        return "partition by partition (%d of them), each in segments of its own, %s".formatted(units.size(), how);
    }

    private static String byKey(Key key) {
        return "in key order (%s)"
                .formatted(key.names().stream().map(Identifier::sql).collect(Collectors.joining(", ")));
    }
}
