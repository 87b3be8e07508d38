package dev.neap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.BackfillOptions.Order;
import dev.neap.sql.Identifier;
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

    @Test
    void refusesAPartitionedTableWithoutAKey() {
        Tables tables = Tables.table("public", "t").column("a", "text").partitioned();

        assertThat(choose(tables, Order.AUTO, false).problems())
                .singleElement()
                .extracting(problem -> problem.at())
                .isEqualTo("table");
    }
}
