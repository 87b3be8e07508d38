package dev.neap.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void areZeroAsLongAsNothingWasRecorded() {
        assertThat(latencies.count()).isZero();
        assertThat(latencies.max()).isZero();
        assertThat(latencies.percentile(0.99)).isZero();
    }

    @Test
    void tellAPercentileAtMostTwoPercentTooHighAndNeverTooLow() {
        for (int millis = 1; millis <= 1_000; millis++) {
            latencies.record(Duration.ofMillis(millis).toNanos());
        }
        for (double share : new double[]{0.5, 0.95, 0.99, 0.999}) {
            Duration exact = Duration.ofMillis((long) Math.ceil(1_000 * share));
            assertThat(latencies.percentile(share))
                    .isBetween(exact, exact.plusNanos(exact.toNanos() * 2 / 100 + 1_000));
        }
    }

    @Test
    void tellTheLongestExactly() {
        latencies.record(1_234_567);
        latencies.record(7_654_321);
        assertThat(latencies.max()).isEqualTo(Duration.ofNanos(7_654_321));
        assertThat(latencies.percentile(1)).isEqualTo(Duration.ofNanos(7_654_321));
    }

    @Test
    void keepASlowMinorityOutOfTheMedianButNotOutOfTheTail() {
        for (int i = 0; i < 98; i++) {
            latencies.record(Duration.ofMillis(1).toNanos());
        }
        latencies.record(Duration.ofSeconds(5).toNanos());
        latencies.record(Duration.ofSeconds(5).toNanos());
        assertThat(latencies.percentile(0.5)).isLessThan(Duration.ofMillis(2));
        assertThat(latencies.percentile(0.99)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void holdWhatIsShorterThanTheFirstBucketAndLongerThanTheLast() {
        latencies.record(-5);
        latencies.record(0);
        latencies.record(Duration.ofHours(10).toNanos());
        assertThat(latencies.count()).isEqualTo(3);
        assertThat(latencies.percentile(0.5)).isLessThanOrEqualTo(Duration.ofNanos(1_020));
        assertThat(latencies.percentile(1)).isEqualTo(Duration.ofHours(10));
    }

    @Test
    void refuseAShareThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> latencies.percentile(0));
        assertThatIllegalArgumentException().isThrownBy(() -> latencies.percentile(1.01));
        assertThatIllegalArgumentException().isThrownBy(() -> latencies.percentile(Double.NaN));
    }
}
