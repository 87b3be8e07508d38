package dev.neap.pace.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.signal.Sampling;
import dev.neap.change.signal.SignalOptions;
import dev.neap.pace.Reading;
import dev.neap.pace.signal.ReplicationLag.Standby;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReplicationLagTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long MB = 1 << 20;

    private final WalHistory history = new WalHistory();
    private final ReplicationLag lag = new ReplicationLag(
            () -> Duration.ofSeconds(2), () -> OptionalLong.of(64 * MB), SignalOptions.usual(), history);

    @Test
    void anIdleStandbyIsNotBehind() {
        lag.judge(1_000, List.of(standby("a", 1_000)), START);
        assertThat(replay(lag.judge(1_000, List.of(standby("a", 1_000)), at(3_600_000))).pressure()).isZero();
    }

    @Test
    void aStandbyThatStandsStillGrowsBehindThoughTheServerMeasuresNothing() {
        lag.judge(1_000, List.of(standby("a", 1_000)), START);
        lag.judge(5_000, List.of(standby("a", 1_000)), at(500));
        Reading.Replay reading = replay(lag.judge(9_000, List.of(standby("a", 1_000)), at(3_500)));
        assertThat(reading.pressure()).isEqualTo(1.5);
        assertThat(reading.what()).isEqualTo("standby a is 3.0 s behind (limit 2.0 s)");
        assertThat(reading.written()).isEqualTo(9_000);
    }

    @Test
    void aSlowStandbyIsAsFarBehindAsWhatItReplaysIsOld() {
        lag.judge(1_000, List.of(standby("a", 1_000)), START);
        lag.judge(2_000, List.of(standby("a", 1_100)), at(1_000));
        // It moves all the time, and is a second behind: it has not replayed what was there at 1 s.
        assertThat(replay(lag.judge(3_000, List.of(standby("a", 1_900)), at(2_000))).pressure()).isEqualTo(0.5);
    }

    @Test
    void whatTheServerMeasuresCountsIfItIsMore() {
        Standby slow = new Standby("a", Optional.of(900L), Optional.of(Duration.ofSeconds(5)), Optional.empty());
        assertThat(replay(lag.judge(1_000, List.of(slow), START)).pressure()).isEqualTo(2.5);
        Standby caughtUp = new Standby("a", Optional.of(1_000L), Optional.of(Duration.ofSeconds(5)), Optional.empty());
        assertThat(replay(lag.judge(1_000, List.of(caughtUp), at(100))).pressure()).isZero();
    }

    @Test
    void aStandbyThatReconnectsADayBehindHasTooManyBytesAtOnce() {
        Reading.Replay reading = replay(lag.judge(100_000 * MB, List.of(standby("a", 36 * MB)), START));
        assertThat(reading.pressure()).isGreaterThan(1_000);
        assertThat(reading.what()).isEqualTo("standby a has 97.6 GB to replay (limit 64 MB)");
    }

    @Test
    void theWorstStandbyCounts() {
        Reading.Replay reading = replay(
                lag.judge(100 * MB, List.of(standby("a", 98 * MB), standby("b", 20 * MB)), START));
        assertThat(reading.what()).startsWith("standby b has 80 MB to replay");
        assertThat(reading.standbys()).extracting(Reading.Standby::name).containsExactly("a", "b");
        assertThat(reading.standbys().getFirst().maxLag()).contains(Duration.ofSeconds(2));
        assertThat(reading.standbys().getFirst().maxBytes()).hasValue(64 * MB);
    }

    @Test
    void aHiddenPositionIsNoReading() {
        Reading reading = lag.judge(
                1_000, List.of(new Standby("a", Optional.empty(), Optional.empty(), Optional.empty())), START);
        assertThat(reading).isEqualTo(new Reading.Unreadable(
                START, "the position of standby a is hidden from this role (grant it pg_monitor)"));
    }

    @Test
    void standbysOutOfScopeDontCount() {
        ReplicationLag scoped = new ReplicationLag(
                () -> Duration.ofSeconds(2), () -> OptionalLong.of(64 * MB),
                new SignalOptions(
                        Optional.empty(), Optional.empty(), Sampling.usual(), List.of(), List.of("delayed")),
                history);
        Reading.Replay reading = replay(scoped.judge(
                100 * MB, List.of(standby("delayed (pid 7)", 0), standby("a", 100 * MB)), START));
        assertThat(reading.pressure()).isZero();
        assertThat(reading.standbys()).hasSize(1);
    }

    @Test
    void saysForHowLongAStandbyWasNotHeardOf() {
        lag.judge(1_000, List.of(standby("a", 1_000)), START);
        lag.judge(2_000, List.of(standby("a", 1_000)), at(500));
        Standby silent = new Standby(
                "a", Optional.of(1_000L), Optional.empty(), Optional.of(Duration.ofSeconds(31)));
        assertThat(replay(lag.judge(2_000, List.of(silent), at(30_500))).what())
                .isEqualTo("standby a is 30.0 s behind, silent for 31 s (limit 2.0 s)");
    }

    @Test
    void thereIsAHeartbeatEachSecondWhileOneSeemsToStandStill() {
        lag.judge(1_000, List.of(standby("a", 1_000)), START);
        assertThat(lag.heartbeatIsDue(START)).isFalse();
        lag.judge(2_000, List.of(standby("a", 1_000)), at(500));
        assertThat(lag.heartbeatIsDue(at(500))).isFalse();
        lag.judge(2_000, List.of(standby("a", 1_000)), at(1_500));
        assertThat(lag.heartbeatIsDue(at(1_500))).isTrue();
        lag.judge(2_000, List.of(standby("a", 1_000)), at(2_000));
        assertThat(lag.heartbeatIsDue(at(2_000))).isFalse();
        lag.judge(2_000, List.of(standby("a", 1_000)), at(2_500));
        assertThat(lag.heartbeatIsDue(at(2_500))).isTrue();
        lag.judge(2_000, List.of(standby("a", 2_000)), at(3_600));
        assertThat(lag.heartbeatIsDue(at(3_600))).isFalse();
    }

    @Test
    void historyBeginsAnewWhenTheNewPrimaryIsBehindTheOldOne() {
        history.written(9_000, START);
        history.written(5_000, at(1_000));
        assertThat(history.behind(4_000, at(3_000))).isEqualTo(Duration.ofSeconds(2));
        assertThat(history.behind(5_000, at(3_000))).isZero();
        assertThat(history.last(at(3_000))).hasValue(5_000);
    }

    private static Standby standby(String name, long replayed) {
        return new Standby(name, Optional.of(replayed), Optional.empty(), Optional.empty());
    }

    private static Reading.Replay replay(Reading reading) {
        return (Reading.Replay) reading;
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }
}
