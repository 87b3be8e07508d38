package dev.neap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"plain, 'plain'", "||, ''", "it's, 'it''s'", "a\\b, E'a\\\\b'",
        "\\', E'\\\\'''"})
    void isQuotedSoThatItMeansItself(String text, String sql) {
        assertThat(Literal.of(text)).isEqualTo(sql);
    }

    @Test
    void dollarQuotesUseATagThatTheBodyDoesNotHave() {
        assertThat(Literal.dollarQuoted("neap", "a")).isEqualTo("$neap$a$neap$");
        assertThat(Literal.dollarQuoted("neap", "$neap$ $neap1$")).isEqualTo("$neap2$$neap$ $neap1$$neap2$");
    }

    @Test
    void aBodyThatEndsInADollarDoesNotMeltIntoItsDelimiter() {
        assertThat(Literal.dollarQuoted("neap", "a $neap")).isEqualTo("$neap1$a $neap$neap1$");
    }
}
