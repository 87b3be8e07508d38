package dev.neap.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.judgement.Judgement;
import dev.neap.plan.Plan;
import dev.neap.preflight.check.Finding;
import dev.neap.preflight.check.Severity;
import dev.neap.preflight.estimate.RoughEstimate;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanJsonTest {

    private static final Finding BLOCKER = new Finding(Severity.BLOCKER, "standby", "server", "It is one.", "Go away.");

    @Test
    void saysForEachStepWhatItDoesAndCosts() {
        JsonNode step = json(Examples.computedColumn()).path("steps").path(0);
        assertThat(step.propertyNames())
                .containsExactly(
                        "id", "title", "table", "kind", "phase", "sql", "lock", "blocks", "work", "worst_case",
                        "conduct",
                        "duration_low_ms", "duration_high_ms", "reversible", "reversal", "undo");
        assertThat(step.path("id").asString()).isEqualTo("01-add-column");
        assertThat(step.path("sql").path(0).asString())
                .isEqualTo("ALTER TABLE public.users ADD COLUMN email_normalized text");
        assertThat(step.path("undo").path("sql").path(0).asString())
                .isEqualTo("ALTER TABLE public.users DROP COLUMN email_normalized");
    }

    @Test
    void saysWhatTheGateAsksAndWhatCompleteRuns() {
        JsonNode gate = json(Examples.computedColumn()).path("gate");
        assertThat(gate.path("question").asString()).contains("no running code reads or writes column email");
        assertThat(gate.path("complete_runs")).hasSize(1);
        assertThat(json(Examples.countedVisits()).has("gate")).isFalse();
    }

    @Test
    void givesTheEstimateAsBoundsWithTheirReason() {
        JsonNode estimate = json(Examples.computedColumn()).path("estimate");
        assertThat(estimate.path("basis").asString()).isEqualTo("rough");
        for (String figure : List.of("rows", "read_bytes", "time_ms", "wal_bytes", "growth_bytes")) {
            assertThat(estimate.path(figure).propertyNames()).containsExactly("low", "high", "because");
        }
    }

    @Test
    void saysWhatChunksSet() {
        JsonNode settings = json(Examples.countedVisits()).path("session_settings");
        assertThat(settings).hasSize(2);
        assertThat(settings.path(0).propertyNames()).containsExactly("name", "value", "why", "otherwise");
        assertThat(settings.path(1).path("value").asString()).isEqualTo("lz4");
    }

    @Test
    void saysWhetherAFindingBlocks() {
        JsonNode root = json(Examples.computedColumn());
        assertThat(root.path("blocked").asBoolean()).isTrue();
        assertThat(root.path("findings").path(0).path("severity").asString()).isEqualTo("blocker");
    }

    private static JsonNode json(Plan plan) {
        return new JsonMapper()
                .readTree(PlanJson.of(plan, Judgement.none(), List.of(BLOCKER), RoughEstimate.of(plan),
                        Examples.settings()));
    }
}
