package dev.neap.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    @Test
    void doublesUpToItsCapAndTakesAtMostHalfOff() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int attempt = 0; attempt < 64; attempt++) {
            long full = attempt >= 6 ? 10_000 : 200L << attempt;
            assertThat(backoff.delay(attempt, random)).isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
        }
    }

    @Test
    void spreadsThoseWhoFailedTogether() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

        assertThat(java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> backoff.delay(3, random))
                .distinct())
                .hasSizeGreaterThan(5);
    }
}
