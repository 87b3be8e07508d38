package dev.neap.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    @ParameterizedTest
    @ValueSource(strings = {"users", "_x", "a1", "email_normalized", "name", "value", "status", "key", "index"})
    void standsBareWhereThatIsSafe(String name) {
        assertThat(new Identifier(name).sql()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Users", "1a", "a b", "a.b", "größe", "a-b", "a$b", "表", "user", "order", "select", "end",
        "int"})
    void isQuotedWhereItWouldMeanSomethingElse(String name) {
        assertThat(new Identifier(name).sql()).isEqualTo('"' + name + '"');
    }

    @Test
    void doublesQuotesInside() {
        assertThat(new Identifier("a\"; DROP TABLE b; --").sql()).isEqualTo("\"a\"\"; DROP TABLE b; --\"");
    }

    @Test
    void readsTheSameInATextByMistake() {
        assertThat("ALTER TABLE " + new Identifier("Order")).isEqualTo("ALTER TABLE \"Order\"");
    }

    @Test
    void isNeverEmpty() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Identifier("")).withMessageContaining("empty");
    }

    @Test
    void hasNoNulCharacter() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Identifier("a\0b")).withMessageContaining("NUL");
    }

    @Test
    void isNeverLongerThanPostgresKeepsIt() {
        assertThat(new Identifier("x".repeat(63)).value()).hasSize(63);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Identifier("ä".repeat(32)))
                .withMessageContaining("64 bytes");
    }

    @Test
    void isCutBetweenCharacters() {
        Identifier cut = Identifier.shortened("😀".repeat(20), "_neap");

        assertThat(cut.value()).isEqualTo("😀".repeat(14) + "_neap");
        assertThat(cut.value().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(Identifier.MAX_BYTES);
    }

    @Test
    void isNotCutWhereItFits() {
        assertThat(Identifier.shortened("users", "_neap")).isEqualTo(new Identifier("users_neap"));
    }

    @Test
    void aQualifiedNameQuotesEachPart() {
        assertThat(QualifiedName.of("My Schema", "Odd.Table").sql()).isEqualTo("\"My Schema\".\"Odd.Table\"");
        assertThat(QualifiedName.of("a", "b").sibling(new Identifier("C")).sql()).isEqualTo("a.\"C\"");
    }
}
