package dev.neap.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoldClockTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final HoldClock holds = new HoldClock();

    private static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    @Test
    void countsAHoldWhileItLasts() {
        holds.stands(Optional.of("window"), at(0));
        assertThat(holds.total("window", at(30))).isEqualTo(Duration.ofSeconds(30));
        assertThat(holds.current(at(30))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void countsOnlyHoldsAndKeepsTheirSum() {
        holds.stands(Optional.of("window"), at(0));
        holds.stands(Optional.empty(), at(10));
        holds.stands(Optional.of("window"), at(100));
        holds.stands(Optional.empty(), at(105));
        assertThat(holds.total("window", at(999))).isEqualTo(Duration.ofSeconds(15));
        assertThat(holds.current(at(999))).isZero();
    }

    @Test
    void givesEachSourceItsOwnPartOfOneLongHold() {
        holds.stands(Optional.of("window"), at(0));
        holds.stands(Optional.of("replication_lag"), at(60));
        assertThat(holds.total("window", at(90))).isEqualTo(Duration.ofSeconds(60));
        assertThat(holds.total("replication_lag", at(90))).isEqualTo(Duration.ofSeconds(30));
        assertThat(holds.current(at(90))).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void neverFallsWhenTheClockIsSetBack() {
        holds.stands(Optional.of("window"), at(60));
        holds.stands(Optional.of("window"), at(0));
        assertThat(holds.total("window", at(0))).isZero();
    }
}
