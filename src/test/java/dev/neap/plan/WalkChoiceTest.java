package dev.neap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Leaf;
import dev.neap.catalog.Table;
import dev.neap.change.BackfillOptions.Order;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WalkChoiceTest {

    private static final Tables KEYLESS = Tables.table("public", "t").column("a", "text");

    private static WalkChoice.Result choose(Tables tables, Order order, boolean once) {
        return WalkChoice.choose(
                tables.snapshot().table(), new WalkChoice.Demand(order, once, true, Set.of()));
    }

    private static Walk walk(Tables tables, Order order) {
        return choose(tables, order, false).walk().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "KEY"})
    void walksByThePrimaryKey(Order order) {
        Walk walk = walk(Tables.users().notNull("u", "uuid").unique("a_key", "u"), order);

        assertThat(walk).isInstanceOfSatisfying(Walk.ByKey.class, byKey -> {
            assertThat(byKey.key().index()).isEqualTo(new Identifier("users_pkey"));
            assertThat(byKey.reason())
                    .isEqualTo("in key order (id) along index users_pkey, so that each row is visited once");
        });
    }

    @Test
    void walksByTheShortestUniqueIndexOverNotNullColumnsWhereThereIsNoPrimaryKey() {
        Tables tables = Tables.table("public", "t")
                .notNull("a", "text")
                .notNull("b", "text")
                .column("c", "text")
                .unique("c_key", "c")
                .unique("ab_key", "b", "a")
                .unique("abc_key", "a", "b", "c");

        assertThat(walk(tables, Order.AUTO))
                .isInstanceOfSatisfying(Walk.ByKey.class, byKey -> assertThat(byKey.key().names())
                        .containsExactly(new Identifier("b"), new Identifier("a")));
    }

    @Test
    void walksByBlockWhereThereIsNoKey() {
        assertThat(walk(KEYLESS, Order.AUTO))
                .isInstanceOf(Walk.ByBlock.class)
                .extracting(Walk::reason)
                .isEqualTo("by block (ctid ranges), because the table has no unique NOT NULL key");
    }

    @Test
    void walksByBlockWhereTheFileAsksForIt() {
        assertThat(walk(Tables.users(), Order.BLOCK).reason()).endsWith("because the change file asks for it");
    }

    /** {@code SET id = -id, n = n + 1} would do a third of the rows twice. */
    @Test
    void refusesToSetTheKeyThatItWalksByWhereARowMayBeDoneOnlyOnce() {
        Table table = Tables.users().snapshot().table();
        Set<Identifier> key = Set.of(new Identifier("id"));

        assertThat(WalkChoice.choose(table, new WalkChoice.Demand(Order.AUTO, true, true, key)).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.fact())
                            .isEqualTo("Table public.users is walked in the order of its key, and this backfill sets a"
                                    + " column of that key: a row that moves ahead of its position would be met there"
                                    + " again, and it must be changed exactly once.");
                    assertThat(problem.remedy())
                            .isEqualTo("Write the backfill so that doing a row again changes nothing.");
                });
        assertThat(WalkChoice.choose(table, new WalkChoice.Demand(Order.AUTO, false, true, key)).walk()).isPresent();
        assertThat(WalkChoice.choose(
                table, new WalkChoice.Demand(Order.AUTO, true, true, Set.of(new Identifier("email")))).walk())
                .isPresent();
    }

    @Test
    void refusesKeyOrderWithoutAKey() {
        assertThat(choose(KEYLESS, Order.KEY, false).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.at()).isEqualTo("backfill.order");
            assertThat(problem.fact()).isEqualTo("Table public.t has no unique NOT NULL key, and key order needs one.");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "BLOCK"})
    void refusesToMeetARowTwiceWhereItMayBeDoneOnlyOnce(Order order) {
        assertThat(choose(KEYLESS, order, true).walk()).isEmpty();
        assertThat(choose(KEYLESS, order, true).problems())
                .singleElement()
                .extracting(problem -> problem.remedy())
                .asString()
                .contains("Add a unique NOT NULL key");
    }

    private static final Leaf SMALL = Tables.leaf(11, 1_000, "id", 0.1);
    private static final Leaf LARGE = Tables.leaf(12, 10_000_000, "id", 0.99);
    private static final Leaf MIXED = Tables.leaf(13, 10_000_000, "id", 0.1);

    @Test
    void walksEachPartitionInTheOrderThatSuitsIt() {
        Tables tables = Tables.users().partitioned("id", SMALL, LARGE, MIXED);

        assertThat(walk(tables, Order.AUTO)).isInstanceOfSatisfying(Walk.ByLeaf.class, byLeaf -> {
            assertThat(byLeaf.leaves()).extracting(Walk.Unit::byBlock).containsExactly(false, false, true);
            assertThat(byLeaf.reason())
                    .isEqualTo(
                            "partition by partition (3 of them), each in segments of its own, in key order (id), 1 of"
                                    + " them by block (ctid ranges)");
            assertThat(byLeaf.leaves().getLast().why())
                    .isEqualTo("rows lie in another order than id, correlation 0.10");
            assertThat(byLeaf.byAddress()).isTrue();
        });
        assertThat(walk(tables, Order.KEY).byAddress()).isFalse();
        assertThat(choose(tables, Order.AUTO, true).walk().orElseThrow().byAddress()).isFalse();
        assertThat(walk(tables, Order.BLOCK)).isInstanceOfSatisfying(
                Walk.ByLeaf.class,
                byLeaf -> assertThat(byLeaf.leaves()).allMatch(Walk.Unit::byBlock));
    }

    @Test
    void walksPartitionsByBlockWhereThereIsNoKey() {
        Tables tables = Tables.table("public", "t").column("a", "text").partitioned("a", SMALL);

        assertThat(walk(tables, Order.AUTO).keyed()).isEmpty();
        assertThat(choose(tables, Order.AUTO, true).problems()).isNotEmpty();
        assertThat(choose(tables, Order.KEY, false).problems())
                .singleElement()
                .extracting(problem -> problem.at())
                .isEqualTo("backfill.order");
    }

    @Test
    void walksThroughTheWholeTableWhereAPartitionCanNotBeGoneOverByItself() {
        Leaf foreign = new Leaf(
                14, QualifiedName.of("public", "p"), 0, 0, List.of(), Optional.of("has rewrite rules"));

        assertThat(walk(Tables.users().partitioned("id", SMALL, foreign), Order.AUTO).reason())
                .isEqualTo(
                        "in key order (id) along index users_pkey, so that each row is visited once; through the whole"
                                + " table, because partition public.p has rewrite rules");
    }

    @Test
    void walksThroughTheWholeTableWhereTheBackfillMovesRowsBetweenPartitions() {
        Table table = Tables.users().partitioned("email", SMALL).snapshot().table();
        WalkChoice.Demand demand = new WalkChoice.Demand(
                Order.AUTO, false, true, Set.of(new Identifier("email")));

        assertThat(WalkChoice.choose(table, demand).walk().orElseThrow())
                .isInstanceOf(Walk.ByKey.class)
                .extracting(Walk::reason)
                .asString()
                .endsWith(
                        "column email decides on a row's partition, and only an UPDATE of the whole table moves rows");
    }

    @Test
    void refusesToMoveRowsBetweenPartitionsExactlyOnce() {
        Table table = Tables.users().partitioned("id", SMALL).snapshot().table();
        WalkChoice.Demand demand = new WalkChoice.Demand(Order.AUTO, true, true, Set.of(new Identifier("id")));

        assertThat(WalkChoice.choose(table, demand).problems())
                .singleElement()
                .extracting(problem -> problem.fact())
                .asString()
                .contains("sets a column of its key");
    }

    @Test
    void refusesAPartitionedTableWithoutAKey() {
        Tables tables = Tables.table("public", "t").column("a", "text").partitioned();

        assertThat(choose(tables, Order.AUTO, false).problems())
                .singleElement()
                .extracting(problem -> problem.at())
                .isEqualTo("table");
    }
}
