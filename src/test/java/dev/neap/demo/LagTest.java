package dev.neap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whether a standby that was slowed down on purpose stayed within its limit: the demo's exit code depends on it. */
class LagTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Lag.Seen seen = new Lag.Seen();

    @Test
    void isSteeredWhereItIsWithinItsLimitNineTimesOutOfTen() {
        looks(9, Duration.ofSeconds(2));
        looks(1, Duration.ofSeconds(3));

        assertThat(seen.steered()).isTrue();
        looks(1, Duration.ofSeconds(3));
        assertThat(seen.steered()).isFalse();
    }

    @Test
    void isNoFailureWhereTheBackfillWasOverBeforeItCouldBeSlowedDown() {
        assertThat(seen.steered()).isTrue();
    }

    private void looks(int count, Duration behind) {
        for (int i = 0; i < count; i++) {
            seen.record(behind.toNanos(), LIMIT);
        }
    }
}
