package dev.neap.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.neap.change.signal.SignalKind;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TunableTest {

    @ParameterizedTest
    @CsvSource({
        "CHUNK_DURATION, 10ms, 10s, 9ms, 11s",
        "PAUSE, 0ms, 1min, -1ms, 61s",
        "WORKERS, 1, 16, 0, 17",
        "SHARE, 1%, 100, 0%, 101%",
        "MAX_REPLICATION_LAG, 100ms, 1h, 99ms, 61min"
    })
    void takesWhatTheSettingsTakeAndNoMore(PaceValue what, String least, String most, String less, String more) {
        assertThat(what.check(least)).startsWith(least);
        assertThat(what.check(most)).startsWith(most);
        assertThatIllegalArgumentException().isThrownBy(() -> what.check(less)).withMessageContaining("Write a");
        assertThatIllegalArgumentException().isThrownBy(() -> what.check(more)).withMessageContaining(what.option());
    }

    @Test
    void saysWhatToWriteInstead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PaceValue.WORKERS.check("many"))
                .withMessage("--workers can't be \"many\". Write a whole number from 1 to 16.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PaceValue.CHUNK_DURATION.check("1h"))
                .withMessage("--chunk-duration can't be \"1h\". Write a duration from 10ms to 10s.");
    }

    @ParameterizedTest
    @EnumSource
    void everyLimitOfASignalCanBeTuned(SignalKind kind) {
        Optional<SignalLimit> limit = SignalLimit.of(kind.key());
        assertThat(limit.isPresent()).isEqualTo(kind.unit().isPresent());
        limit.ifPresent(what -> {
            assertThat(what.key()).isEqualTo(kind.key() + "_limit");
            assertThat(Tunable.of(what.key())).contains(what);
            assertThat(what.check(" " + kind.unit().orElseThrow().example()))
                    .isEqualTo(kind.unit().orElseThrow().example());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> what.check("much"))
                    .withMessageStartingWith("--limit " + kind.key() + " can't be \"much\". Write ");
        });
    }

    @Test
    void takesNoLimitOfNothingForWhatAStandbyHasToReplay() {
        assertThat(PaceValue.MAX_REPLICATION_BYTES.check("64MB")).isEqualTo("64MB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PaceValue.MAX_REPLICATION_BYTES.check("0B"))
                .withMessage(
                        "--max-replication-bytes can't be \"0B\". Write a whole number and its unit: 512kB, 64MB or 10GB.");
    }

    @ParameterizedTest
    @CsvSource({
        "sql.queue, 500, 5s", "http.checkout, 0.8, 80%", "prometheus.p99_limit, 0.5, 500ms", "replicas.berlin, 30s, 30",
        "replicas.berlin, 1ms, 0s"
    })
    void theLimitsOfOnesOwnSignalsCanBeTuned(String signal, String limit, String wrong) {
        SignalLimit what = SignalLimit.of(signal).orElseThrow();
        assertThat(what.check(limit)).isEqualTo(limit);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> what.check(wrong))
                .withMessageStartingWith("--limit %s can't be \"%s\". Write ".formatted(signal, wrong));
        assertThat(Tunable.of(what.key())).contains(what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"replication_lag", "queue", "sql.", "sql.Queue", "smtp.queue", ".queue", "sql.queue.two"})
    void whatIsNoSignalWithALimitHasNone(String name) {
        assertThat(SignalLimit.of(name)).isEmpty();
        assertThat(Tunable.of(name + "_limit")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void isFoundAgainByItsKey(PaceValue value) {
        assertThat(Tunable.of(value.key())).contains(value);
    }

    @Test
    void storesASharePerCent() {
        assertThat(PaceValue.SHARE.check("50")).isEqualTo("50%");
        assertThat(PaceValue.SHARE.check("50%")).isEqualTo("50%");
    }

    @Test
    void readsLengthsAsSettingsAndChangeFilesWriteThem() {
        assertThat(Tunable.length("2h")).contains(Duration.ofHours(2));
        assertThat(Tunable.length("5m")).contains(Duration.ofMinutes(5)).isEqualTo(Tunable.length("5min"));
        assertThat(Tunable.length("1d")).contains(Duration.ofDays(1));
        assertThat(Tunable.length("soon")).isEmpty();
    }
}
