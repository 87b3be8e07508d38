package dev.neap.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.judgement.Judgement;
import dev.neap.plan.Plan;
import dev.neap.plan.PlannedStep;
import dev.neap.preflight.check.Finding;
import dev.neap.preflight.check.Severity;
import dev.neap.preflight.estimate.RoughEstimate;
import dev.neap.step.DdlStep;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanTextTest {

    private static final Finding BLOCKER = new Finding(Severity.BLOCKER, "row-security", "table public.users",
            "It hides rows.", "Let it not.");
    private static final Finding NOTE = new Finding(Severity.NOTE, "archiving", "server", "All is well.",
            "Nothing to do.");

    static Stream<Plan> plans() {
        return Stream.of(Examples.computedColumn(), Examples.renamedColumn(), Examples.countedVisits());
    }

    @ParameterizedTest
    @MethodSource("plans")
    void fitsIntoATerminal(Plan plan) {
        assertThat(text(plan, List.of(NOTE, BLOCKER)).lines()).allMatch(line -> line.length() <= 120);
    }

    @ParameterizedTest
    @MethodSource("plans")
    void saysEveryStatementExactly(Plan plan) {
        String printed = blanksAsOne(text(plan, List.of()));
        assertThat(plan.steps().stream().map(PlannedStep::step).filter(DdlStep.class::isInstance))
                .flatMap(step -> ((DdlStep) step).sql())
                .allSatisfy(sql -> assertThat(printed).contains(blanksAsOne(sql) + ";"));
    }

    @Test
    void namesTheLockWhomItBlocksAndForHowLong() {
        assertThat(blanksAsOne(text(Examples.computedColumn(), List.of())))
                .contains("lock ACCESS EXCLUSIVE (blocks readers and writers); changes the catalog only")
                .contains("worst they wait 500 ms a try until the lock is granted, then milliseconds");
    }

    @Test
    void saysWhatCompleteWillDoAndWhatCannotBeTakenBack() {
        assertThat(blanksAsOne(text(Examples.computedColumn(), List.of())))
                .contains("neap complete normalize-email does what follows: drop the sync triggers, drop column email.")
                .contains("undo none: the values of column email are gone with it");
    }

    @Test
    void tellsThatABackfillOfAnOldColumnCannotBeTakenBack() {
        assertThat(text(Examples.countedVisits(), List.of()))
                .contains("undo   none: the former values of visits are overwritten")
                .contains("neap run does 3 steps; there is nothing to complete.");
    }

    @Test
    void saysWhatChunksSetWhyThatIsSafeAndHowToHaveItOtherwise() {
        assertThat(blanksAsOne(text(Examples.countedVisits(), List.of())))
                .containsSubsequence(
                        "SETTINGS of the transactions that change rows",
                        "synchronous_commit = off A chunk's commit waits for no disk",
                        "-> Leave it to the server with backfill: {synchronous_commit: keep}.",
                        "wal_compression = lz4",
                        "-> Choose otherwise with backfill: {wal_compression: keep}.");
    }

    @Test
    void putsTheWorstFindingFirstAndEndsWithTheVerdict() {
        assertThat(text(Examples.computedColumn(), List.of(NOTE, BLOCKER)))
                .contains("FINDINGS   1 blocker, 1 note")
                .containsSubsequence("  BLOCKER  table public.users: It hides rows.", "-> Let it not.", "  NOTE ")
                .endsWith("neap run refuses to begin while there is a blocker.\n");
        assertThat(text(Examples.computedColumn(), List.of(NOTE)))
                .endsWith("Nothing stands in the way of neap run.\n");
    }

    private static String text(Plan plan, List<Finding> findings) {
        return PlanText.of(plan, Judgement.none(), findings, RoughEstimate.of(plan), Examples.settings());
    }

    private static String blanksAsOne(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
