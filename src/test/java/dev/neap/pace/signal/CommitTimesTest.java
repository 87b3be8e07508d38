package dev.neap.pace.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neap.pace.Reading;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CommitTimesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final CommitTimes times = new CommitTimes(() -> 0.010);
    private Instant now = NOW;
    private Reading last = new Reading.Level(NOW, 0, "none yet");

    @Test
    void theSecondLongestOfTenCounts() {
        ten(1, 1, 1, 1, 1, 1, 1, 1, 1, 500);
        assertThat(pressure()).isCloseTo(0.1, within(1e-9));

        ten(1, 1, 1, 1, 1, 1, 1, 1, 8, 500);
        assertThat(pressure()).isCloseTo(0.8, within(1e-9));
        assertThat(((Reading.Level) last).what()).isEqualTo("commits take up to 8.0 ms (limit 10.0 ms)");
    }

    @Test
    void noTimeCountsTwice() {
        ten(1, 1, 1, 1, 1, 1, 1, 1, 8, 8);
        Instant at = now;
        ten(1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(last.at()).isEqualTo(at);
        assertThat(pressure()).isCloseTo(0.8, within(1e-9));
        ten(1);
        assertThat(last.at()).isEqualTo(now);
        assertThat(pressure()).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void slowOnesAreJudgedBeforeThereAreTen() {
        ten(400, 1, 400);
        assertThat(last)
                .isEqualTo(new Reading.Unreadable(now, "it was not read yet, since too few commits were timed"));
        now = now.plusMillis(900);
        ten(400);
        assertThat(last.at()).isEqualTo(now);
        assertThat(pressure()).isEqualTo(1);
    }

    @Test
    void oneThatTakesVeryLongIsJudgedAtOnce() {
        ten(1_600);
        assertThat(pressure()).isEqualTo(1);
    }

    @Test
    void neverHoldsHoweverLongTheyTake() {
        ten(1, 1, 1, 1, 1, 900, 900, 900, 900, 900);
        assertThat(pressure()).isEqualTo(1);
    }

    @Test
    void aSlowDiskSetsItsOwnLimit() {
        // The first ones may wait for what a run writes.
        ten(12, 12, 12, 12, 12, 12, 12, 12, 18, 18);
        assertThat(pressure()).isEqualTo(1);
        for (int i = 0; i < 30; i++) {
            ten(12, 12, 12, 12, 12, 12, 12, 12, 18, 18);
        }
        assertThat(pressure()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void whatIsQuickIsForgottenSlowly() {
        ten(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        ten(12, 12, 12, 12, 12, 12, 12, 12, 18, 18);
        assertThat(pressure()).isEqualTo(1);
        for (int i = 0; i < 60; i++) {
            ten(12, 12, 12, 12, 12, 12, 12, 12, 18, 18);
        }
        assertThat(pressure()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void nothingPressesWhileNobodyElseCommits() {
        ten(1, 1, 1, 1, 1, 1, 1, 1, 8, 8);
        Reading.Level nobody = (Reading.Level) times.nobody(now);
        assertThat(nobody.pressure()).isZero();
        assertThat(nobody.value()).isEmpty();
        ten(8, 8, 8);
        assertThat(pressure()).as("until ten more were timed").isZero();
    }

    private void ten(double... millis) {
        for (double took : millis) {
            now = now.plusMillis(100);
            last = times.read(took / 1_000, now);
        }
    }

    private double pressure() {
        return ((Reading.Level) last).pressure();
    }
}
