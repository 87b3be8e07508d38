package dev.neap.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FragmentTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "lower(trim(email))",
        "'a;b)'",
        "\"odd;)name\" || 'it''s'",
        "E'it\\'s; )' || 'x'",
        "'a\\' || 'b'",
        "$$;)$$ || $tag$ ) $$ ; $tag$",
        "a$1 || b$1",
        "1 /* a ) /* nested ; */ comment */ + 1",
        "data ? 'key'",
        "a[1:2]"
    })
    void letsAnExpressionPass(String sql) {
        assertThat(Fragment.flaw(sql)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "1); DROP TABLE users; SELECT (2 | closes a parenthesis",
        "lower(email | parenthesis without an end",
        "1; SELECT 2 | semicolon",
        "email -- for now | comment",
        "1 /* open | comment without an end",
        "'open | quote without an end",
        "E'open\\' | quote without an end",
        "$a$ open | dollar quote without an end",
        "~ ~ | is empty"
    })
    void namesWhatReachesBeyondTheParentheses(String sql, String flaw) {
        assertThat(Fragment.flaw(sql)).hasValueSatisfying(found -> assertThat(found).contains(flaw));
    }
}
