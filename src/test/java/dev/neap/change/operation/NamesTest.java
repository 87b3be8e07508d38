package dev.neap.change.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.ChangeName;
import dev.neap.sql.Identifier;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamesTest {

    private final Names names = new Names(new ChangeName("normalize-email"));

    @Test
    void areTheSameAtEveryRestart() {
        assertThat(names.updateTrigger()).isEqualTo(new Names(new ChangeName("normalize-email")).updateTrigger());
    }

    @Test
    void differBetweenChanges() {
        Names other = new Names(new ChangeName("normalize-emails"));

        assertThat(all(names)).doesNotContainAnyElementsOf(all(other).toList());
    }

    @Test
    void fireAfterUsersTriggers() {
        assertThat(names.insertTrigger().value()).startsWith("zzz_neap_");
        assertThat(names.updateTrigger().value()).startsWith("zzz_neap_");
    }

    @Test
    void staySafeForLongColumns() {
        Identifier longest = new Identifier("ö".repeat(31));

        assertThat(names.notNullCheck(longest).value()).startsWith("neap_not_null_öö");
        assertThat(names.successor(longest).value().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(60, 63);
        assertThat(names.successor(longest)).isNotEqualTo(longest);
    }

    @Test
    void keepLongNamesApartThatBeginAlike() {
        String beginning = "x".repeat(60);

        assertThat(names.successor(new Identifier(beginning + "a")))
                .isNotEqualTo(names.successor(new Identifier(beginning + "b")));
        assertThat(names.predecessor(new Identifier(beginning + "a")))
                .isNotEqualTo(names.predecessor(new Identifier(beginning + "b")))
                .isNotEqualTo(names.successor(new Identifier(beginning + "a")));
        assertThat(names.retired(new Identifier(beginning + "a")))
                .isNotEqualTo(names.retired(new Identifier(beginning + "b")));
    }

    private static Stream<String> all(Names names) {
        return Stream.of(
                names.syncFunction().sql(),
                names.insertTrigger().value(),
                names.updateTrigger().value(),
                names.guardFunction(1).sql(),
                names.guardFunction(2).sql(),
                names.guardInsertTrigger(1).value(),
                names.guardUpdateTrigger(1).value(),
                names.moveFunction(1).sql(),
                names.moveTrigger(1).value(),
                names.notNullCheck(new Identifier("a")).value(),
                names.predecessor(new Identifier("a")).value(),
                names.successor(new Identifier("a")).value());
    }
}
