package dev.neap.plan;

import static dev.neap.plan.Plans.refusals;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Answers.Renamed;
import dev.neap.catalog.Column;
import dev.neap.catalog.Constraint;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands against a change on a table is refused, with its place in the file, before anything runs. */
class RefusalsTest {

    private static final String ADD = "operations[0].add_column";
    private static final String RENAME = "operations[0].rename_column";
    private static final String SET = "operations[0].backfill.set.";

    record Case(String name, Tables tables, String operation, String at, String fact, String remedy) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Tables renamable() {
        return Tables.users()
                .immutable(RENAME + ".from", "email")
                .renamed(RENAME, new Renamed(List.of(), List.of(), List.of()));
    }

    static Stream<Case> cases() {
        String rename = "rename_column: {from: email, to: mail}";
        return Stream.of(
                new Case(
                        "add what is there",
                        Tables.users().typed(ADD, "text"),
                        "add_column: {name: email, type: text}",
                        ADD + ".name",
                        "Table public.users already has a column email.",
                        "Choose another name"),
                new Case(
                        "default and from",
                        Tables.users().typed(ADD, "text").rewrites(ADD + ".default", false).immutable(ADD + ".from"),
                        "add_column: {name: a, type: text, default: '1', from: '2'}",
                        ADD + ".from",
                        "Column a has both a default and a from.",
                        "Keep from if"),
                new Case(
                        "not null from nothing",
                        Tables.users().typed(ADD, "text"),
                        "add_column: {name: a, type: text, not_null: true}",
                        ADD + ".not_null",
                        "nothing says which value existing rows get",
                        "Add a default or a from."),
                new Case(
                        "serial",
                        Tables.users().typed(ADD, "bigint").rewrites(ADD + ".type", true),
                        "add_column: {name: a, type: bigserial}",
                        ADD + ".type",
                        "rewrites the table under ACCESS EXCLUSIVE",
                        "bigint for bigserial"),
                new Case(
                        "from itself",
                        Tables.users().typed(ADD, "text").immutable(ADD + ".from", "a"),
                        "add_column: {name: a, type: text, from: a}",
                        ADD + ".from",
                        "reads the column itself",
                        "Compute it from other columns."),
                new Case(
                        "volatile from",
                        Tables.users().typed(ADD, "text").volatileAt(ADD + ".from"),
                        "add_column: {name: a, type: text, from: random()}",
                        ADD + ".from",
                        "The expression for column a is volatile: it may give another value each time",
                        "Use default for a value that is drawn once"),
                new Case(
                        "rename what is not there",
                        renamable(),
                        "rename_column: {from: emial, to: mail}",
                        RENAME + ".from",
                        "Table public.users has no column emial.",
                        "Did you mean email?"),
                new Case(
                        "rename to what is there",
                        renamable(),
                        "rename_column: {from: email, to: id}",
                        RENAME + ".to",
                        "already has a column id",
                        "Choose another name"),
                new Case(
                        "rename under a view",
                        renamable().viewOn("email"),
                        rename,
                        RENAME + ".from",
                        "View public.a_view uses column email.",
                        "Replace the view"),
                new Case(
                        "rename a unique column",
                        renamable().constraint(Constraint.Kind.UNIQUE, "users_email_key", "email"),
                        rename,
                        RENAME + ".from",
                        "Column email is part of unique constraint users_email_key",
                        "Drop the constraint first"),
                new Case(
                        "rename identity",
                        Tables.table("public", "t")
                                .of(Column.Origin.IDENTITY_ALWAYS, "id", "bigint")
                                .immutable(RENAME + ".from", "id")
                                .renamed(RENAME, new Renamed(List.of(), List.of(), List.of())),
                        "rename_column: {from: id, to: key}",
                        RENAME + ".from",
                        "Column id is generated by PostgreSQL (identity).",
                        "rename it while no code uses it"),
                new Case(
                        "not null already",
                        Tables.users(),
                        "set_not_null: {column: id}",
                        "operations[0].set_not_null.column",
                        "Column id of table public.users is NOT NULL already.",
                        "Drop the operation."),
                new Case(
                        "fill from itself",
                        Tables.users().immutable("operations[0].set_not_null.fill", "email"),
                        "set_not_null: {column: email, fill: lower(email)}",
                        "operations[0].set_not_null.fill",
                        "reads the column itself, which is NULL",
                        "Give a constant"),
                new Case(
                        "index there",
                        Tables.users(),
                        "create_index: {name: users_pkey, columns: [id]}",
                        "operations[0].create_index.name",
                        "Table public.users already has an index users_pkey.",
                        "Choose another name"),
                new Case(
                        "index on partitions",
                        Tables.users().partitioned(),
                        "create_index: {name: i, columns: [id]}",
                        "operations[0].create_index",
                        "is partitioned",
                        "on each partition"),
                new Case(
                        "drop what another table references",
                        Tables.users().foreignKeyOn("id"),
                        "drop_column: {name: id}",
                        "operations[0].drop_column.name",
                        "Foreign key orders_fkey of table public.orders references column id.",
                        "Drop the foreign key"),
                new Case(
                        "drop what is far from any",
                        Tables.users(),
                        "drop_column: {name: zzzzzz}",
                        "operations[0].drop_column.name",
                        "has no column zzzzzz",
                        "Its columns are id, email."),
                new Case(
                        "set a generated column",
                        Tables.users().of(Column.Origin.GENERATED, "g", "text").immutable(SET + "g"),
                        "backfill: {set: {g: '1'}}",
                        SET + "g",
                        "Column g is generated by PostgreSQL and can't be set.",
                        "Set the columns that it is made from."),
                new Case(
                        "volatile condition",
                        Tables.users().immutable(SET + "email").volatileAt("operations[0].backfill.where"),
                        "backfill: {set: {email: '1'}, where: random() < 0.5}",
                        "operations[0].backfill.where",
                        "The condition is volatile",
                        "Choose the rows by their columns."));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRefusedAtItsPlace(Case refused) {
        assertThat(refusals(refused.tables(), "operations:\n  - " + refused.operation()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.at()).isEqualTo(refused.at());
                    assertThat(problem.fact()).contains(refused.fact()).endsWith(".");
                    assertThat(problem.remedy()).contains(refused.remedy());
                });
    }

    @Test
    void saysAllThatStandsAgainstAChangeInOneGo() {
        assertThat(refusals(
                Tables.users(),
                """
                        operations:
                          - drop_column: {name: a}
                          - set_not_null: {column: b}
                          - set_not_null: {column: id}
                        """))
                .hasSize(3);
    }

    @Test
    void anOperationSeesWhatTheOnesBeforeItMade() {
        Tables tables = Tables.users().typed(ADD, "text").typed("operations[1].add_column", "text");

        assertThat(refusals(
                tables,
                """
                        operations:
                          - add_column: {name: a, type: text}
                          - add_column: {name: a, type: text}
                        """))
                .extracting(problem -> problem.at())
                .containsExactly("operations[1].add_column.name");
    }

    @Test
    void onlyOneOperationSaysWhichValuesAColumnGets() {
        String fill = "operations[1].set_not_null";
        Tables tables = Tables.users().typed(ADD, "text").immutable(ADD + ".from", "email").immutable(fill + ".fill");

        assertThat(refusals(
                tables,
                """
                        operations:
                          - add_column: {name: a, type: text, from: lower(email)}
                          - set_not_null: {column: a, fill: "''"}
                        """)).singleElement().satisfies(problem -> {
                    assertThat(problem.at()).isEqualTo(fill);
                    assertThat(problem.fact())
                            .isEqualTo("Two operations of this change say which values column a gets.");
                });
    }
}
