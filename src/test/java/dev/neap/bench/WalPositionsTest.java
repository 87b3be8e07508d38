package dev.neap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WalPositionsTest {

    private final WalPositions positions = new WalPositions();

    @Test
    void isAsFarBehindAsThePrimaryWasThere() {
        positions.add(0, 1_000);
        positions.add(1, 2_000);
        positions.add(2, 4_000);
        assertThat(positions.lag(2, 2_000)).isEqualTo(1);
        assertThat(positions.lag(2, 3_000)).isEqualTo(0.5);
        assertThat(positions.lag(2, 4_000)).isZero();
    }

    @Test
    void isNotBehindWhereNothingWasWrittenMeanwhile() {
        positions.add(0, 1_000);
        positions.add(10, 1_000);
        assertThat(positions.lag(10, 1_000)).isZero();
        positions.add(11, 2_000);
        assertThat(positions.lag(11, 1_000)).isEqualTo(1);
    }

    @Test
    void knowsNothingOfWhatWasBeforeTheFirstPosition() {
        assertThat(positions.lag(5, 10)).isZero();
        positions.add(5, 1_000);
        assertThat(positions.lag(7, 10)).isEqualTo(2);
    }
}
