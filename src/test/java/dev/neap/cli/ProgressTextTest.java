package dev.neap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.run.Progress;
import dev.neap.step.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTextTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = START.plusSeconds(42);

    @Test
    void showsHowFarItIsAndHowLongItTakes() {
        assertThat(lines(progress(450_000, 1_000_000, Optional.empty()), 120, 10_000))
                .containsExactly(
                        "backfill  step 3/7  #########...........   45 %  450,000 of 1,000,000 rows  10,000 rows/s  about 60 s",
                        "  fill email_normalized (42 s)");
    }

    @Test
    void saysWhyItWaits() {
        assertThat(lines(progress(1, 10, Optional.of("standby-1 is 3.2 s behind (limit 2 s)")), 120, 0).get(1))
                .isEqualTo("  waits: standby-1 is 3.2 s behind (limit 2 s)");
    }

    @Test
    void showsNothingThatIsNotKnown() {
        assertThat(lines(progress(0, 0, Optional.empty()), 120, 0).get(0)).isEqualTo("backfill  step 3/7");
        assertThat(lines(progress(0, 10, Optional.empty()), 120, 0).get(0)).doesNotContain("about", "rows/s");
    }

    @Test
    void doesNotPretendToBeDoneWhenThereAreMoreRowsThanEstimated() {
        assertThat(lines(progress(12, 10, Optional.empty()), 120, 5).get(0))
                .contains("99 %", "12 rows")
                .doesNotContain("of 10", "about");
    }

    @Test
    void fitsTheScreenWhateverItsWidth() {
        for (int width = 0; width < 130; width++) {
            for (String line : lines(progress(450_000, 1_000_000, Optional.empty()), width, 10_000)) {
                assertThat(line.length()).isLessThanOrEqualTo(width);
            }
        }
    }

    @Test
    void keepsWhatMattersMostOnANarrowScreen() {
        assertThat(lines(progress(450_000, 1_000_000, Optional.empty()), 79, 10_000).get(0))
                .isEqualTo("backfill  step 3/7  #########...........   45 %  10,000 rows/s  about 60 s");
        assertThat(lines(progress(450_000, 1_000_000, Optional.empty()), 40, 10_000).get(0))
                .isEqualTo("backfill  step 3/7   45 %  about 60 s");
    }

    @Test
    void letsNoControlCharacterOfAReasonMoveTheCursor() {
        assertThat(lines(progress(1, 10, Optional.of("a\nb\u001b[2J")), 120, 0).get(1)).isEqualTo("  waits: a b [2J");
    }

    @Test
    void putsAllOfItIntoOneLineOfALog() {
        assertThat(ProgressText.ASCII.line(progress(450_000, 1_000_000, Optional.of("x")), 10_000))
                .isEqualTo("backfill step 3/7, fill email_normalized, 45 %, 450,000 of 1,000,000 rows, 10,000 rows/s,"
                        + " about 60 s, waits: x");
    }

    @ParameterizedTest
    @CsvSource({
        "PT3S, a few seconds",
        "PT42S, about 40 s",
        "PT3M, about 3 min",
        "PT2H7M, about 2 h 10 min",
        "PT3H, about 3 h",
        "PT70H, about 3 days"
    })
    void roundsWhatNobodyKnowsExactly(Duration left, String words) {
        assertThat(Words.about(left)).isEqualTo(words);
    }

    @Test
    void smoothsTheSpeed() {
        Speed speed = new Speed();
        speed.sample(1_000, START);
        speed.sample(2_000, START.plusMillis(200));
        assertThat(speed.rowsPerSecond()).isBetween(1_015.0, 1_025.0);
        speed.sample(2_000, START.plusSeconds(60));
        assertThat(speed.rowsPerSecond()).isBetween(1_990.0, 2_000.0);
        speed.forget();
        assertThat(speed.rowsPerSecond()).isZero();
    }

    private static List<String> lines(Progress progress, int width, double speed) {
        return ProgressText.ASCII.lines(progress, NOW, width, speed);
    }

    static Progress progress(long visited, long total, Optional<String> waiting) {
        return new Progress(
                Phase.BACKFILL, 3, 7, "fill email_normalized", visited, total, visited, 10_000, waiting, START);
    }
}
