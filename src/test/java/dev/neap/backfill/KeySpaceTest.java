package dev.neap.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySpaceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1001 | 1251 | 2001 | 0.25",
        "-100 | 0 | 100 | 0.5",
        "0.5 | 1 | 2.5 | 0.25",
        "(0,1) | (25,2047) | (100,2047) | 0.25",
        "00000000-0000-4000-8000-000000000000 | 40000000-0000-4000-8000-000000000000 | 80000000-0000-4000-8000-000000000000 | 0.5",
        "1 | 5000 | 2001 | 1"
    })
    void saysHowMuchOfTheWayIsBehind(String first, String position, String last, double share) {
        assertThat(KeySpace.share(List.of(first), Optional.of(List.of(position)), List.of(last)).orElseThrow())
                .isCloseTo(share, within(1e-6));
    }

    @Test
    void goesByTheFirstPartOfAKey() {
        assertThat(KeySpace.share(List.of("1", "a"), Optional.of(List.of("3", "b")), List.of("5", "c")))
                .hasValue(0.5);
    }

    @Test
    void beginsAtNothing() {
        assertThat(KeySpace.share(List.of("1"), Optional.empty(), List.of("5"))).hasValue(0);
    }

    @Test
    void saysNothingOfWhatItCannotMeasure() {
        assertThat(KeySpace.share(List.of("a"), Optional.of(List.of("b")), List.of("c"))).isEmpty();
        assertThat(KeySpace.share(List.of("1"), Optional.of(List.of("1")), List.of("1"))).isEmpty();
        assertThat(KeySpace.share(List.of("5"), Optional.empty(), List.of("1"))).isEqualTo(OptionalDouble.empty());
    }

    @Test
    void doesNotTakeDigitsOfATextForANumber() {
        assertThat(KeySpace.measures("text")).isFalse();
        assertThat(KeySpace.measures("character varying(20)")).isFalse();
        assertThat(KeySpace.measures("bigint")).isTrue();
        assertThat(KeySpace.measures("numeric(10,2)")).isTrue();
    }
}
