package dev.neap.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerEncodingTest {

    private static final ServerEncoding LATIN1 = new ServerEncoding("LATIN1");

    @Test
    void whatLatin1LacksIsWrittenInAscii() {
        assertThat(LATIN1.fit("a → b, über 3 × 4 …, 猫 🐈")).isEqualTo("a -> b, über 3 × 4 ..., ? ?");
        assertThat(LATIN1.lacking("schön")).isEmpty();
        assertThat(LATIN1.lacking("schön…")).hasValue('…');
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF8", "SQL_ASCII"})
    void whatHoldsEverythingIsLeftAlone(String name) {
        assertThat(new ServerEncoding(name).fit("a → b …, 猫 🐈")).isEqualTo("a → b …, 猫 🐈");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MULE_INTERNAL", "EUC_TW", "LATIN6", "LATIN8"})
    void whereNobodyKnowsOnlyAsciiIsWritten(String name) {
        assertThat(new ServerEncoding(name).fit("ü…")).isEqualTo("?...");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "LATIN2", "LATIN3", "LATIN4", "LATIN5", "LATIN9", "LATIN10", "WIN1250", "WIN1252", "WIN1254", "WIN1258"
    })
    void theUmlautsOfEuropeAreKept(String name) {
        assertThat(new ServerEncoding(name).fit("ü")).isEqualTo("ü");
    }

    @Test
    void aVarcharIsCutByCharactersAndInSqlAsciiByBytes() {
        assertThat(new ServerEncoding("UTF8").fit("é…x", 2)).isEqualTo("é…");
        assertThat(LATIN1.fit("é…x", 3)).isEqualTo("é..");
        assertThat(new ServerEncoding("SQL_ASCII").fit("é…x", 5)).isEqualTo("é…");
        assertThat(new ServerEncoding("SQL_ASCII").fit("é…x", 4)).isEqualTo("é");
        assertThat(new ServerEncoding("SQL_ASCII").fit("🐈", 3)).isEmpty();
    }

    @Test
    void jsonSaysTheSameByNumbers() {
        assertThat(LATIN1.fitJson("{\"ü\": \"…🐈\"}")).isEqualTo("{\"ü\": \"\\u2026\\ud83d\\udc08\"}");
    }
}
