package dev.neap.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.neap.transform.TransformMistake;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and arrays as PostgreSQL's input functions understand them. */
class ValueTextTest {

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(null, null),
                Arguments.of("a\"b", "a\"b"),
                Arguments.of(new BigDecimal("1E+3"), "1000"),
                Arguments.of(Double.NaN, "NaN"),
                Arguments.of(true, "true"),
                Arguments.of(new byte[]{0, -1}, "\\x00ff"),
                Arguments.of(LocalDate.of(2024, 2, 29), "2024-02-29"),
                Arguments.of(LocalDate.of(12024, 1, 2), "12024-01-02"),
                Arguments.of(LocalDate.of(-43, 3, 15), "0044-03-15 BC"),
                Arguments.of(LocalDate.MAX, "infinity"),
                Arguments.of(LocalDateTime.of(-43, 3, 15, 12, 0), "0044-03-15 12:00:00 BC"),
                Arguments.of(LocalDateTime.MIN, "-infinity"),
                Arguments.of(OffsetDateTime.parse("2024-01-01T12:00:00.5+02:00"), "2024-01-01 10:00:00.500+00"),
                Arguments.of(Instant.parse("2024-01-01T12:00:00Z"), "2024-01-01 12:00:00+00"),
                Arguments.of(Arrays.asList(1, null, 3), "{\"1\",NULL,\"3\"}"),
                Arguments.of(List.of(List.of("a\\"), List.of("NULL")), "{{\"a\\\\\"},{\"NULL\"}}"),
                Arguments.of(List.of(), "{}"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void writesAs(Object value, String text) {
        assertThat(ValueText.of(value)).isEqualTo(text);
    }

    @Test
    void refusesWhatCanNotBeStored() {
        assertThatExceptionOfType(TransformMistake.class).isThrownBy(() -> ValueText.of(new Object()))
                .withMessageStartingWith("A value of class java.lang.Object has no form in PostgreSQL.");
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> ValueText.of("a\0"));
    }

    @Test
    void readsArraysAsTheyArePrinted() {
        assertThat(ArrayText.parse("{1,NULL,3}", Integer::valueOf)).containsExactly(1, null, 3);
        assertThat(ArrayText.parse("[0:1]={{1,2},{3,4}}", Integer::valueOf))
                .containsExactly(List.of(1, 2), List.of(3, 4));
        assertThat(ArrayText.parse("{\"a,\\\"b\\\\\",\"NULL\",\"\"}", text -> text))
                .containsExactly("a,\"b\\", "NULL", "");
        assertThat(ArrayText.parse("{}", text -> text)).isEmpty();
    }

    @Test
    void neverCutsWhatIsTooLong() {
        assertThat(new ColumnType("character varying(20)", "character varying", false, ',').parameter())
                .isEqualTo("CAST(? AS character varying[])");
        assertThat(new ColumnType("character(5)", "character", false, ',').parameter())
                .isEqualTo("CAST(? AS bpchar[])");
        ColumnType array = new ColumnType("bit(4)[]", "bit[]", false, ',');
        assertThat(array.parameter()).isEqualTo("CAST(? AS text[])");
        assertThat(array.value("v")).isEqualTo("CAST(v AS bit varying[])");
        assertThat(new ColumnType("numeric(10,2)", "numeric", false, ',').parameter())
                .isEqualTo("CAST(? AS numeric(10,2)[])");
    }
}
