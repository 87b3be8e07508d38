package dev.neap.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class YieldingTest {

    private final Yielding yielding = new Yielding();

    @Test
    void worksInFullWhileThereIsRoom() {
        read(0.7);

        assertThat(yielding.share()).isEqualTo(1);
    }

    @Test
    void halvesTheWorkWithEachReadingAtTheLimit() {
        read(1);
        assertThat(yielding.share()).isEqualTo(0.5);
        read(1);
        assertThat(yielding.share()).isEqualTo(0.25);
        assertThat(yielding.holds()).isFalse();
    }

    @Test
    void takesTheLessAwayTheFartherTheLimitIs() {
        read(0.80);

        assertThat(yielding.share()).isCloseTo(0.9, within(0.001));
    }

    @Test
    void neverFallsBelowATwentiethWithoutHolding() {
        for (int i = 0; i < 50; i++) {
            read(1);
        }

        assertThat(yielding.share()).isEqualTo(0.05);
    }

    @Test
    void staysAsItIsBetweenTooMuchAndEnough() {
        read(1);
        read(0.65);
        read(0.65);

        assertThat(yielding.share()).isEqualTo(0.5);
    }

    @Test
    void returnsByATenthASecondHoweverOftenItIsRead() {
        read(1);
        for (int i = 0; i < 20; i++) {
            yielding.read(0.1, 0.1, true);
        }

        assertThat(yielding.share()).isCloseTo(0.7, within(0.001));
    }

    @Test
    void doesNotTakeALongSilenceForRoom() {
        for (int i = 0; i < 50; i++) {
            read(1);
        }
        yielding.read(0.1, 3_600, true);

        assertThat(yielding.share()).isCloseTo(0.55, within(0.001));
    }

    @Test
    void holdsOverTheLimitUntilItIsWellBelow() {
        read(1.01);
        assertThat(yielding.holds()).isTrue();
        read(0.95);
        assertThat(yielding.holds()).isTrue();
        read(0.9);
        assertThat(yielding.holds()).isFalse();
        assertThat(yielding.share()).isLessThan(0.1);
    }

    @Test
    void leavesPressureBelowTheLimitToWhoeverSteersIt() {
        yielding.read(1, 1, false);

        assertThat(yielding.share()).isEqualTo(1);
    }

    private void read(double pressure) {
        yielding.read(pressure, 1, true);
    }
}
