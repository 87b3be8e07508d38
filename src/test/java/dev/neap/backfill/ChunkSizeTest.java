package dev.neap.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChunkSizeTest {

    private final ChunkSize size = new ChunkSize(Duration.ofMillis(250), 1_000, 100_000);

    @Test
    void growsInProportionWhileChunksAreFast() {
        size.took(1_000, Duration.ofMillis(200));

        assertThat(size.size()).isEqualTo(1_250);
    }

    @Test
    void growsByTwoAtTheMost() {
        size.took(1_000, Duration.ofMillis(1));

        assertThat(size.size()).isEqualTo(2_000);
    }

    @Test
    void shrinksByTwoAtTheMost() {
        size.took(1_000, Duration.ofSeconds(60));

        assertThat(size.size()).isEqualTo(500);
    }

    @Test
    void neverLeavesItsLimits() {
        for (int i = 0; i < 20; i++) {
            size.took(size.size(), Duration.ofMillis(1));
        }
        assertThat(size.size()).isEqualTo(100_000);
        for (int i = 0; i < 40; i++) {
            size.contended();
        }
        assertThat(size.size()).isEqualTo(1);
    }

    @Test
    void learnsNothingFromAPieceThatIsMuchSmaller() {
        size.took(400, Duration.ofMillis(1));

        assertThat(size.size()).isEqualTo(1_000);
    }
}
