package dev.neap.lint.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.lint.Finding;
import dev.neap.lint.Rule;
import dev.neap.lint.Severity;
import dev.neap.lint.Spot;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FormatTest {

    private static final LintReport REPORT = new LintReport(
            List.of("db/V1, a.sql", "V2.sql"),
            List.of(
                    new Finding(Rule.TRUNCATE, new Spot("db/V1, a.sql", 3, 5), "100 % of it:\ngone.", "Don't."),
                    new Finding(Rule.DO_BLOCK, new Spot("V2.sql", 1, 1), "Who knows.", "Write it out.")),
            List.of("The shadow lacks a leg."));

    @Test
    void writesTextForPeople() {
        assertThat(Format.TEXT.write(REPORT, "1.2")).isEqualTo("""
                db/V1, a.sql:3:5: error [truncate] TRUNCATE takes every row under a lock that stops all
                    100 % of it:
                gone.
                    Don't. See src/docs/lint/truncate.md
                V2.sql:1:1: warning [do-block] What a DO block does depends on what it finds
                    Who knows.
                    Write it out. See src/docs/lint/do-block.md
                note: The shadow lacks a leg.
                1 error, 1 warning in 2 files.
                """);
        assertThat(Format.TEXT.write(new LintReport(List.of("a"), List.of(), List.of()), "1.2"))
                .isEqualTo("Nothing was found in 1 file.\n");
    }

    @Test
    void writesAnnotationsForGithubWithTheirSpecialCharactersEscaped() {
        assertThat(Format.GITHUB.write(REPORT, "1.2").lines())
                .containsExactly(
                        "::error file=db/V1%2C a.sql,line=3,col=5,title=neap truncate::100 %25 of it:%0Agone. Don't."
                                + " See src/docs/lint/truncate.md",
                        "::warning file=V2.sql,line=1,col=1,title=neap do-block::Who knows. Write it out."
                                + " See src/docs/lint/do-block.md");
    }

    @Test
    void writesJsonForScripts() {
        JsonNode json = JsonMapper.shared().readTree(Format.JSON.write(REPORT, "1.2"));
        assertThat(json.path("worst").asString()).isEqualTo("error");
        assertThat(json.path("findings").path(1).path("rule").asString()).isEqualTo("do-block");
        assertThat(json.path("findings").path(0).path("line").asInt()).isEqualTo(3);
        assertThat(json.path("notes").path(0).asString()).isEqualTo("The shadow lacks a leg.");
    }

    /** The parts that SARIF 2.1.0 requires, and that each result names a rule of the run. */
    @Test
    void writesSarifForCodeHosts() {
        JsonNode sarif = JsonMapper.shared().readTree(Format.SARIF.write(REPORT, "1.2"));
        assertThat(sarif.path("version").asString()).isEqualTo("2.1.0");
        JsonNode run = sarif.path("runs").path(0);
        JsonNode driver = run.path("tool").path("driver");
        assertThat(driver.path("name").asString()).isEqualTo("neap");
        assertThat(driver.path("rules").size()).isEqualTo(Rule.values().length);
        run.path("results").forEach(result -> {
            String named = driver.path("rules").path(result.path("ruleIndex").asInt()).path("id").asString();
            assertThat(named).isEqualTo(result.path("ruleId").asString());
            assertThat(result.path("level").asString()).isIn("error", "warning", "note");
            assertThat(result.path("message").path("text").asString()).isNotBlank();
            JsonNode place = result.path("locations").path(0).path("physicalLocation");
            assertThat(place.path("artifactLocation").path("uri").asString()).doesNotContain(" ");
            assertThat(place.path("region").path("startLine").asInt()).isPositive();
        });
    }

    @Test
    void leavesOutWhatIsLessBad() {
        assertThat(REPORT.from(Severity.ERROR).findings()).hasSize(1);
        assertThat(REPORT.from(Severity.NOTE).findings()).hasSize(2);
        assertThat(REPORT.worst()).contains(Severity.ERROR);
    }
}
