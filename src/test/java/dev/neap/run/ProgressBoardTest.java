package dev.neap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.neap.step.Phase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressBoardTest {

    private Instant now = Instant.EPOCH;
    private Progress last;
    private final ProgressBoard board = new ProgressBoard(
            new Watcher() {
                @Override
                public void progress(Progress progress) {
                    last = progress;
                }

                @Override
                public void event(String line) {}
            },
            () -> now);

    @Test
    void takesTheFirstChunksRateAsItIs() {
        begin();
        chunk(Duration.ofSeconds(2), 1_000);

        assertThat(last.rowsPerSecond()).isEqualTo(500);
    }

    @Test
    void followsAChangeOfSpeedWithinAboutTenSeconds() {
        begin();
        for (int i = 1; i <= 100; i++) {
            chunk(Duration.ofMillis(500), i * 500L);
        }
        assertThat(last.rowsPerSecond()).isCloseTo(1_000, within(0.1));
        for (int i = 1; i <= 20; i++) {
            chunk(Duration.ofMillis(500), 50_000 + i * 50L);
        }
        // After ten seconds, 1/e of the difference is left.
        assertThat(last.rowsPerSecond()).isCloseTo(100 + 900 / Math.E, within(1.0));
    }

    @Test
    void countsPauses() {
        begin();
        chunk(Duration.ofSeconds(1), 1_000);
        now = now.plusSeconds(59);
        board.waiting("a reason");
        assertThat(last.waiting()).contains("a reason");
        chunk(Duration.ofSeconds(1), 2_000);

        assertThat(last.rowsPerSecond()).isLessThan(25);
        assertThat(last.waiting()).isEmpty();
    }

    @Test
    void doesNotCountWhatWasDoneBeforeThisProcessBegan() {
        board.begin(Phase.BACKFILL, 2, 5, "fill x");
        board.at(900_000, 1_000_000, 800_000);
        chunk(Duration.ofSeconds(1), 901_000);

        assertThat(last.rowsPerSecond()).isEqualTo(1_000);
        assertThat(last.visited()).isEqualTo(901_000);
    }

    @Test
    void neverShowsMoreRowsThanThereAre() {
        begin();
        chunk(Duration.ofSeconds(1), 20_000);

        assertThat(last.total()).isEqualTo(20_000);
    }

    private void begin() {
        board.begin(Phase.BACKFILL, 2, 5, "fill x");
        board.at(0, 10_000, 0);
    }

    private void chunk(Duration took, long visited) {
        now = now.plus(took);
        board.chunk(visited, visited);
    }
}
