package dev.neap.preflight.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({"0, 0 bytes", "1023, 1023 bytes", "1536, 1.5 kB", "512753664, 489 MB", "9223372036854775807, 8.0 EB"})
    void saysBytesAsPostgresDoes(long bytes, String words) {
        assertThat(Quantity.bytes(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 ms", "350, 350 ms", "1500, 1.5 s", "14200, 14 s", "200000, 3 min 20 s", "18720000, 5 h 12 min"})
    void saysTimesInTwoUnitsAtMost(long millis, String words) {
        assertThat(Quantity.time(Duration.ofMillis(millis))).isEqualTo(words);
    }
}
