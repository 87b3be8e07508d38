package dev.neap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedsLoopTest {

    @Test
    void batchesThatGrowEvenlyGoOnGrowing() {
        // 1 + 2 + 3 + … + 10
        assertThat(SeedsLoop.extrapolate(List.of(1.0, 2.0, 3.0), 10)).isEqualTo(Duration.ofSeconds(55));
    }

    @Test
    void batchesThatBecameQuickerStayAsTheyWereOnTheWhole() {
        assertThat(SeedsLoop.extrapolate(List.of(3.0, 2.0, 1.0), 10)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void oneBatchStandsForAll() {
        assertThat(SeedsLoop.extrapolate(List.of(2.0), 10)).isEqualTo(Duration.ofSeconds(20));
    }
}
