package dev.neap.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlaceholdersTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("a + 1", "a + 1"),
                arguments("j ? 'k'", "j ?? 'k'"),
                arguments("j ?| ARRAY['a', '?']", "j ??| ARRAY['a', '?']"),
                arguments("j ?& x", "j ??& x"),
                arguments("a = '?'", "a = '?'"),
                arguments("a = 'it''s ?' AND j ? 'x'", "a = 'it''s ?' AND j ?? 'x'"),
                arguments("\"odd?\" = 1 OR j ? 'x'", "\"odd?\" = 1 OR j ?? 'x'"),
                arguments("\"a\"\"?\" ? 'x'", "\"a\"\"?\" ?? 'x'"),
                arguments("E'it\\'s ?' ? x", "E'it\\'s ?' ?? x"),
                arguments("e'\\\\' ? '?'", "e'\\\\' ?? '?'"),
                arguments("'\\' ? '?'", "'\\' ?? '?'"),
                arguments("date'\\' ? '?'", "date'\\' ?? '?'"),
                arguments("$$ ? ' $$ ? x", "$$ ? ' $$ ?? x"),
                arguments("$a$ ? $$ ? $a$ ? x", "$a$ ? $$ ? $a$ ?? x"),
                arguments("a$b ? c$d", "a$b ?? c$d"),
                arguments("a$b$c ? d$b$e", "a$b$c ?? d$b$e"),
                arguments("a -- ? and '\n ? x", "a -- ? and '\n ?? x"),
                arguments("a -- ?", "a -- ?"),
                arguments("a - b ? c", "a - b ?? c"),
                arguments("a / b ? c", "a / b ?? c"),
                arguments("/* ? ' */ j ? x", "/* ? ' */ j ?? x"),
                arguments("/* a /* ? */ ' */ j ? x", "/* a /* ? */ ' */ j ?? x"),
                arguments("/*/ ? */ j ? x", "/*/ ? */ j ?? x"),
                arguments("'open ?", "'open ?"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void doublesQuestionMarksThatStandForThemselves(String sql, String escaped) {
        assertThat(Placeholders.escape(sql)).isEqualTo(escaped);
    }
}
