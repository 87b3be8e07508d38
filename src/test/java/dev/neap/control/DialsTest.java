package dev.neap.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.ChangeName;
import dev.neap.pace.StopFlag;
import dev.neap.pace.Turnstile;
import dev.neap.run.ControlState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DialsTest {

    private static final ChangeName CHANGE = new ChangeName("x");

    private final StopFlag stop = new StopFlag();
    private final Turnstile turnstile = new Turnstile(stop);
    private final Dials dials = new Dials(turnstile);

    @Test
    void reachesAPauseWhenTheLastChunkHasEnded() {
        assertThat(turnstile.enter()).isEmpty();

        assertThat(follow(ControlState.PAUSING)).isEqualTo(ControlState.PAUSING);
        turnstile.leave();
        assertThat(follow(ControlState.PAUSING)).isEqualTo(ControlState.PAUSED);
    }

    @Test
    void beginsPausedWhereThatWasAskedBefore() {
        assertThat(follow(ControlState.PAUSED)).isEqualTo(ControlState.PAUSED);
        assertThat(turnstile.enter()).hasValueSatisfying(hold -> {
            assertThat(hold.source()).isEqualTo("paused");
            assertThat(hold.reason())
                    .isEqualTo("paused by anna@db2 since 1970-01-01 00:00 UTC; go on with: neap resume x");
        });
    }

    @Test
    void goesOnWhenItIsResumedAndNotBefore() {
        assertThat(follow(ControlState.PAUSING)).isEqualTo(ControlState.PAUSED);
        assertThat(turnstile.isStill()).isTrue();

        assertThat(follow(ControlState.RESUMING)).isEqualTo(ControlState.FREE);
        assertThat(turnstile.enter()).isEmpty();
    }

    @Test
    void stops() {
        assertThat(follow(ControlState.STOPPING)).isEqualTo(ControlState.STOPPING);
        assertThat(stop.isRaised()).isTrue();
    }

    @Test
    void tellsWhatIsTuned() {
        assertThat(dials.get()).isEqualTo(Tuned.NONE);
        ControlState unused = dials.follow(CHANGE, asked(
                ControlState.FREE,
                List.of(
                        setting(PaceValue.CHUNK_DURATION, "100ms"),
                        setting(PaceValue.PAUSE, "0ms"),
                        setting(PaceValue.WORKERS, "4"),
                        setting(PaceValue.SHARE, "50%"),
                        setting(PaceValue.MAX_REPLICATION_LAG, "5s"),
                        setting(PaceValue.MAX_REPLICATION_BYTES, "64MB"),
                        setting(limit("dead_rows"), "30%"),
                        setting(limit("slots"), "1kB"),
                        setting(limit("sql.queue"), "500"))));

        assertThat(dials.get()).isEqualTo(new Tuned(
                Optional.of(Duration.ofMillis(100)),
                Optional.of(Duration.ZERO),
                Optional.of(4),
                Optional.of(0.5),
                Optional.of(Duration.ofSeconds(5)),
                Optional.of(64L << 20),
                Map.of("dead_rows", 30.0, "slots", 1024.0, "sql.queue", 500.0)));
    }

    private ControlState follow(ControlState state) {
        return dials.follow(CHANGE, asked(state, List.of()));
    }

    private static Asked asked(ControlState state, List<Setting> settings) {
        return new Asked(state, 1, 1, Optional.of("anna@db2"), Optional.of(Instant.EPOCH), settings, false);
    }

    private static Tunable limit(String signal) {
        return SignalLimit.of(signal).orElseThrow();
    }

    private static Setting setting(Tunable what, String value) {
        return new Setting(what, value, Optional.empty(), "anna@db2", Instant.EPOCH);
    }
}
