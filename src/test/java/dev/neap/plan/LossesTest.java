package dev.neap.plan;

import static dev.neap.plan.Plans.plan;
import static dev.neap.plan.Plans.refusals;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Column;
import dev.neap.change.Problem;
import org.junit.jupiter.api.Test;

/** Data that goes for good, and the note that the file must carry then. */
class LossesTest {

    private static final Tables DELETE = Tables.users().immutable("operations[0].delete.where", "email");

    @Test
    void refusesToDropAColumnWithoutANoteAndShowsWhatToWrite() {
        assertThat(refusals(Tables.users(), "contract: [{drop_column: {name: email}}]"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.at()).isEqualTo("contract[0].drop_column");
                    assertThat(problem.fact())
                            .contains("Nothing brings back what this operation destroys")
                            .contains("the values of column email are gone with it");
                    assertThat(problem.remedy()).contains("irreversible: {backup:");
                });
    }

    @Test
    void refusesToDeleteRowsWithoutANote() {
        assertThat(refusals(DELETE, "operations: [{delete: {where: email IS NULL}}]"))
                .extracting(Problem::at)
                .containsExactly("operations[0].delete");
        assertThat(plan(DELETE, "operations: [{delete: {where: email IS NULL}}]\n" + Plans.NOTE).destroys()).isTrue();
    }

    @Test
    void tellsBeforeTheContractOnlyWhatTheContractDestroys() {
        assertThat(plan(Tables.users(), "contract: [{drop_column: {name: email}}]\n" + Plans.NOTE).losses())
                .containsExactly("the values of column email are gone with it");
        assertThat(plan(DELETE, "operations: [{delete: {where: email IS NULL}}]\n" + Plans.NOTE).losses()).isEmpty();
    }

    @Test
    void refusesToLetAColumnGoWithoutANoteWhereOthersWereOnlyMadeOfIt() {
        String split = "operations[0].split_column";
        Tables users = Tables.users()
                .typed(split + ".into[0]", "text")
                .immutable(split + ".into[0].from", "email")
                .immutable(split + ".reverse", "host");
        String body = "operations: [{split_column: {column: email, into: [{name: host, type: text, from:"
                + " \"split_part(email, '@', 2)\"}], reverse: host}}]\n";
        assertThat(refusals(users, body)).extracting(Problem::fact)
                .singleElement()
                .asString()
                .contains("the new columns have what was made of them");
        assertThat(plan(users, body + Plans.NOTE).losses()).hasSize(1);
    }

    @Test
    void asksForNoNoteWhereValuesLiveOnOrCanBeComputedAgain() {
        assertThat(plan(
                Tables.users().of(Column.Origin.GENERATED, "g", "text"), "contract: [{drop_column: {name: g}}]")
                .destroys())
                .isFalse();
    }
}
