package dev.neap.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.Problem;
import dev.neap.judgement.Judgement;
import dev.neap.judgement.Judgement.Refusal;
import dev.neap.judgement.Judgement.Seen;
import dev.neap.judgement.Judgement.Waived;
import dev.neap.judgement.Observed;
import dev.neap.judgement.Observed.Touched;
import dev.neap.preflight.check.Finding;
import dev.neap.preflight.check.Severity;
import dev.neap.step.Lock;
import dev.neap.step.StepId;
import dev.neap.step.Work;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a plan tells what was seen of the author's own statements. */
class ShadowLinesTest {

    private static final Refusal REFUSAL = new Refusal(
            "x.yaml:7", new Problem("operations[0].sql.up[0]", "It rewrites.", "Say so."));

    private static Observed observed(Touched... touched) {
        return new Observed("SELECT 1", List.of(touched), Optional.empty());
    }

    @Test
    void numbersStatementsWhereThereAreSeveral() {
        Seen seen = new Seen(
                new StepId("01-sql"),
                List.of(
                        observed(new Touched("table public.t", Lock.ACCESS_EXCLUSIVE, Work.REWRITE),
                                new Touched("table public.o", Lock.SHARE, Work.CATALOG)),
                        observed()),
                List.of(new Observed("SELECT 2", List.of(), Optional.of("it is not there"))));
        assertThat(ShadowLines.of(seen)).containsExactly(
                "1. ACCESS EXCLUSIVE on table public.t and writes every row and all indexes anew, SHARE on table public.o",
                "2. locks nothing that others feel",
                "undo fails: it is not there");
    }

    @Test
    void makesABlockerOfARefusalAndAWarningOfWhatIsWaived() {
        Judgement judgement = new Judgement(
                List.of(), List.of(REFUSAL), List.of(new Waived(REFUSAL, "not-judged", "tried on staging")));
        assertThat(RawSql.findings(judgement)).containsExactly(
                new Finding(Severity.BLOCKER, "sql", "x.yaml:7", "It rewrites.", "Say so."),
                new Finding(Severity.WARNING, "sql", "x.yaml:7", "It rewrites.",
                        "The file waives not-judged: tried on staging."));
    }
}
