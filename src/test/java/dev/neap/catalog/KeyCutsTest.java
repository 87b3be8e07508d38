package dev.neap.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyCutsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1", "1, 1", "49999, 1", "50000, 2", "100000, 4", "200000, 8", "1000000, 8", "2000000, 8", "2250000, 9",
        "10000000, 40", "16000000, 64", "10000000000, 64"})
    void makesPartsEnoughForWorkersAndNoneTooSmall(long rows, int parts) {
        assertThat(KeyCuts.suit(rows)).isEqualTo(parts);
    }
}
