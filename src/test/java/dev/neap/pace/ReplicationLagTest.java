package dev.neap.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.pace.ReplicationLag.Standby;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicationLagTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ReplicationLag lag = new ReplicationLag(Duration.ofSeconds(2));

    @Test
    void leavesRoomWhereThereIsNoStandby() {
        assertThat(pressure(lag.judge(List.of(), START))).isLessThanOrEqualTo(1);
    }

    @Test
    void leavesRoomWhileAStandbyIsIdleAndItsLagIsNull() {
        Standby idle = standby(100, 0, null);
        lag.judge(List.of(idle), START);

        assertThat(pressure(lag.judge(List.of(idle), START.plusSeconds(3_600)))).isLessThanOrEqualTo(1);
    }

    @Test
    void holdsWhenTheServerMeasuresTooMuch() {
        Reading reading = lag.judge(List.of(standby(100, 50, Duration.ofMillis(3_200))), START);

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Replay.class,
                        over -> assertThat(over.what()).isEqualTo("standby s1 is 3.2 s behind (limit 2.0 s)"));
    }

    @Test
    void holdsWhenBytesAreOutstandingAndNothingMovesThoughTheLagIsNull() {
        lag.judge(List.of(standby(100, 50, null)), START);
        assertThat(pressure(lag.judge(List.of(standby(100, 5_000, null)), START.plusSeconds(2))))
                .isLessThanOrEqualTo(1);

        assertThat(pressure(lag.judge(List.of(standby(100, 9_000, null)), START.plusSeconds(3)))).isGreaterThan(1);
    }

    @Test
    void goesOnOnceItMovesAgain() {
        lag.judge(List.of(standby(100, 50, null)), START);
        lag.judge(List.of(standby(100, 50, null)), START.plusSeconds(60));

        assertThat(pressure(lag.judge(List.of(standby(120, 30, null)), START.plusSeconds(61)))).isLessThanOrEqualTo(1);
    }

    @Test
    void cannotJudgeWhatItsRoleMayNotSee() {
        Standby hidden = new Standby("s1", Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(lag.judge(List.of(hidden), START))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class, reading -> assertThat(reading.why()).contains("pg_monitor"));
    }

    private static double pressure(Reading reading) {
        return ((Reading.Replay) reading).pressure();
    }

    private static Standby standby(long replayed, long behind, @org.jspecify.annotations.Nullable Duration lag) {
        return new Standby("s1", Optional.of(replayed), Optional.of(behind), Optional.ofNullable(lag));
    }
}
