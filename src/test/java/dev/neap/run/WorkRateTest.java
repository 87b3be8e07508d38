package dev.neap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class WorkRateTest {

    private final WorkRate rate = new WorkRate();

    @Test
    void takesTheFirstChunksRateAsItIs() {
        rate.worked(0.5, 250);
        assertThat(rate.lately()).isEqualTo(500);
    }

    @Test
    void isNotKnownBeforeTenSecondsOfWork() {
        steadily(9, 1_000);
        assertThat(rate.isKnown()).isFalse();
        steadily(1.5, 1_000);
        assertThat(rate.isKnown()).isTrue();
    }

    @Test
    void isNotKnownWhileNoRowWasPassed() {
        steadily(60, 0);
        assertThat(rate.isKnown()).isFalse();
    }

    @Test
    void doesNotTakeAHoldForSlowWork() {
        steadily(20, 1_000);
        rate.held(3_600);
        steadily(20, 1_000);
        assertThat(rate.mean()).isCloseTo(1_000, within(1e-6));
        assertThat(rate.lately()).isCloseTo(1_000, within(1e-6));
        assertThat(rate.error(60)).isLessThan(0.15);
    }

    @Test
    void saysHowMuchLongerHoldsMakeIt() {
        steadily(20, 1_000);
        assertThat(rate.stretchedByHolds()).isEqualTo(1);
        for (int i = 0; i < 20; i++) {
            rate.held(1);
            steadily(2, 1_000);
        }
        assertThat(rate.stretchedByHolds()).isCloseTo(1.33, within(0.03));
    }

    @Test
    void showsAChangeOfSpeedWithinTenSecondsAndForgetsTheOldOne() {
        steadily(100, 1_000);
        steadily(12, 100);
        assertThat(rate.lately()).isCloseTo(100, within(1e-6));
        assertThat(rate.mean()).isGreaterThan(500);
        steadily(100, 100);
        assertThat(rate.mean()).isCloseTo(100, within(1e-6));
    }

    @Test
    void becomesSurerWithTime() {
        steadily(11, 1_000);
        double early = rate.error(600);
        steadily(60, 1_000);
        double later = rate.error(600);
        steadily(3_600, 1_000);
        assertThat(early).isGreaterThan(later).isLessThan(0.3);
        assertThat(rate.error(600)).isLessThan(0.05);
    }

    @Test
    void isLessSureWhereTheRateVaries() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        for (int i = 0; i < 60; i++) {
            rate.worked(2, random.nextInt(200, 4_000));
        }
        double varied = rate.error(60);
        WorkRate even = new WorkRate();
        for (int i = 0; i < 60; i++) {
            even.worked(2, 2_000);
        }
        assertThat(varied).isGreaterThan(2 * even.error(60)).isLessThanOrEqualTo(0.75);
    }

    @Test
    void remembersNoMoreThanTenMinutes() {
        steadily(7_200, 1_000);
        steadily(620, 100);
        assertThat(rate.mean()).isCloseTo(100, within(1e-6));
    }

    private void steadily(double seconds, long rowsPerSecond) {
        for (double done = 0; done < seconds; done += 0.25) {
            rate.worked(0.25, rowsPerSecond / 4);
        }
    }
}
