package dev.neap.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.postgres.TestServer;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PostgreSQL itself agrees with the page of each rule. */
class RulePagesIT {

    static Stream<Rule> rules() {
        return Stream.of(Rule.values())
                .filter(rule -> !EnumSet.of(Rule.NOT_AS_DECLARED, Rule.CHANGE_FILE, Rule.WAIVER).contains(rule));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void unsafeExampleBreaksTheRuleAndNoOther(Rule rule) {
        List<String> example = Examples.sql(rule, "Unsafe");
        assertThat(example).hasSize(1);
        assertThat(Examples.rules(TestServer.NEWEST, example, rule != Rule.NOT_JUDGED)).containsExactly(rule);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void safeExampleBreaksNone(Rule rule) {
        List<String> examples = Examples.sql(rule, "Safe");
        assertThat(examples).isNotEmpty();
        assertThat(Examples.rules(TestServer.NEWEST, examples)).isEmpty();
    }
}
