package dev.neap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.run.Progress;
import dev.neap.run.Remaining;
import dev.neap.step.Phase;
import dev.neap.window.Hours;
import dev.neap.window.WeekTime;
import dev.neap.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
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
        assertThat(lines(progress(450_000, 1_000_000, Optional.empty()), 120))
                .containsExactly(
                        "backfill  step 3/7  #########...........   45 %  450,000 of 1,000,000 rows  10,000 rows/s  50-60 s left",
                        "  fill email_normalized (42 s)");
    }

    @Test
    void saysWhyItWaits() {
        assertThat(lines(progress(1, 10, Optional.of("standby-1 is 3.2 s behind (limit 2 s)")), 120).get(1))
                .isEqualTo("  waits: standby-1 is 3.2 s behind (limit 2 s)");
    }

    @Test
    void showsNothingThatIsNotKnown() {
        assertThat(lines(progress(0, 0, Optional.empty()), 120).get(0)).isEqualTo("backfill  step 3/7");
        assertThat(lines(progress(0, 10, Optional.empty()), 120).get(0)).doesNotContain("left", "rows/s");
    }

    @Test
    void doesNotPretendToBeDoneWhenThereAreMoreRowsThanEstimated() {
        assertThat(lines(progress(12, 10, Optional.empty()), 120).get(0))
                .contains("99 %", "12 rows")
                .doesNotContain("of 10", "left");
    }

    @Test
    void fitsTheScreenWhateverItsWidth() {
        for (int width = 0; width < 130; width++) {
            for (String line : lines(progress(450_000, 1_000_000, Optional.empty()), width)) {
                assertThat(line.length()).isLessThanOrEqualTo(width);
            }
        }
    }

    @Test
    void keepsWhatMattersMostOnANarrowScreen() {
        assertThat(lines(progress(450_000, 1_000_000, Optional.empty()), 79).get(0))
                .isEqualTo("backfill  step 3/7  #########...........   45 %  10,000 rows/s  50-60 s left");
        assertThat(lines(progress(450_000, 1_000_000, Optional.empty()), 40).get(0))
                .isEqualTo("backfill  step 3/7   45 %  50-60 s left");
    }

    @Test
    void letsNoControlCharacterOfAReasonMoveTheCursor() {
        assertThat(lines(progress(1, 10, Optional.of("a\nb\u001b[2J")), 120).get(1)).isEqualTo("  waits: a b [2J");
    }

    @Test
    void putsAllOfItIntoOneLineOfALog() {
        assertThat(ProgressText.ASCII.line(progress(450_000, 1_000_000, Optional.of("x"))))
                .isEqualTo("backfill step 3/7, fill email_normalized, 45 %, 450,000 of 1,000,000 rows, 10,000 rows/s,"
                        + " 50-60 s left, waits: x");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, PT3S, a few seconds left",
        "PT5S, PT12S, about 10 s left",
        "PT2S, PT20S, up to 20 s left",
        "PT38S, PT42S, about 40 s left",
        "PT31S, PT55S, 30-60 s left",
        "PT50S, PT3M, 1-3 min left",
        "PT12M10S, PT15M, 12-15 min left",
        "PT12M10S, PT12M25S, about 12 min left",
        "PT20S, PT4M, up to 4 min left",
        "PT2H7M, PT3H40M, 2-3.5 h left",
        "PT1H55M, PT2H4M, about 2 h left",
        "PT10M, PT3H, up to 3 h left",
        "PT60H, PT100H, 3-4 days left"
    })
    void saysNoMoreExactlyThanIsKnown(Duration low, Duration high, String words) {
        assertThat(Words.left(new Remaining(low, high), '-')).isEqualTo(words);
    }

    @Test
    void tellsHoldsFromWork() {
        Progress held = new Progress(
                Phase.BACKFILL, 3, 7, "fill email_normalized", 1, 10, 1, 10, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Duration.ofSeconds(12), START, 1);
        assertThat(lines(held, 120).get(1)).isEqualTo("  fill email_normalized (42 s, held for 12 s)");
        assertThat(ProgressText.ASCII.line(held)).endsWith("held for 12 s");
    }

    @Test
    void saysInHowManyNightsAndWhenWhereAWindowBreaksItOff() {
        Window nights = new Window(
                List.of(new Hours(
                        WeekTime.of("22:00").orElseThrow(),
                        WeekTime.of("06:00").orElseThrow(),
                        Hours.EVERY_DAY,
                        ZoneId.of("Europe/Berlin"))),
                List.of());
        Remaining left = new Remaining(Duration.ofMinutes(175), Duration.ofMinutes(190));
        // Thursday, 04:00 in Berlin.
        Instant night = Instant.parse("2026-01-01T03:00:00Z");
        Progress progress = new Progress(
                Phase.BACKFILL, 3, 7, "fill x", 1_000, 2_000, 1, 10, Optional.of(left), left.within(nights, night),
                Optional.empty(), Optional.empty(), Duration.ZERO, START, 1);
        assertThat(lines(progress, 130).get(0))
                .endsWith("10 rows/s  about 3 h of work, in 2 nights, done Thu 23:10 Europe/Berlin");
    }

    private static List<String> lines(Progress progress, int width) {
        return ProgressText.ASCII.lines(progress, NOW, width);
    }

    static Progress progress(long visited, long total, Optional<String> waiting) {
        boolean known = total > visited && visited > 100;
        return new Progress(
                Phase.BACKFILL,
                3,
                7,
                "fill email_normalized",
                visited,
                total,
                visited,
                known ? 10_000 : 0,
                known
                        ? Optional.of(new Remaining(Duration.ofSeconds(52), Duration.ofSeconds(61)))
                        : Optional.empty(),
                Optional.empty(),
                waiting,
                waiting.map(why -> "replication_lag"),
                Duration.ZERO,
                START,
                1);
    }
}
