package dev.neap.plan;

import static dev.neap.plan.Plans.ddl;
import static dev.neap.plan.Plans.plan;
import static dev.neap.plan.Plans.refusals;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.step.GateStep;
import org.junit.jupiter.api.Test;

/** A column that goes, with and without a value for the time until then. */
class DropColumnTest {

    private static final String DOWN = "contract[0].drop_column.down";

    private static Tables users() {
        return Tables.users().notNull("legacy", "text").column("name", "text");
    }

    @Test
    void warnsAtTheGateOfAColumnThatInsistsOnAValue() {
        Plan plan = plan(users(), "contract: [{drop_column: {name: legacy}}]\n" + Plans.NOTE);

        assertThat(gate(plan)).contains("which is NOT NULL").contains("or the operation a down");
        assertThat(plan.beforeGate()).isEmpty();
    }

    @Test
    void fillsTheColumnForCodeThatHasForgottenIt() {
        Plan plan = plan(
                users().immutable(DOWN, "name"),
                "contract: [{drop_column: {name: legacy, down: upper(name)}}]\n" + Plans.NOTE);

        assertThat(gate(plan)).isEqualTo("no running code reads or writes column legacy");
        assertThat(String.join("\n", ddl(plan, "sync").sql())).contains("IF NEW.legacy IS NULL THEN")
                .contains("upper(name)");
        assertThat(plan.steps()).extracting(step -> step.step().slug()).containsExactly("sync", "gate", "drop-column");
    }

    @Test
    void takesTheTriggerAndTheColumnAwayInOneTransaction() {
        Plan plan = plan(
                users().immutable(DOWN, "name"),
                "contract: [{drop_column: {name: legacy, down: upper(name)}}]\n" + Plans.NOTE);

        assertThat(ddl(plan, "drop-column").sql())
                .hasSize(4)
                .last()
                .isEqualTo("ALTER TABLE public.users DROP COLUMN IF EXISTS legacy");
        assertThat(ddl(plan, "drop-column").irreversible()).isPresent();
        assertThat(plan.undoable()).extracting(step -> step.step().slug()).containsExactly("sync");
    }

    @Test
    void refusesADownThatReadsTheColumnItself() {
        assertThat(refusals(
                users().immutable(DOWN, "legacy"),
                "contract: [{drop_column: {name: legacy, down: upper(legacy)}}]"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.at()).isEqualTo(DOWN);
                    assertThat(problem.fact()).contains("reads the column itself");
                });
    }

    private static String gate(Plan plan) {
        return plan.steps()
                .stream()
                .map(PlannedStep::step)
                .filter(GateStep.class::isInstance)
                .map(step -> step.title())
                .findFirst()
                .orElseThrow();
    }
}
