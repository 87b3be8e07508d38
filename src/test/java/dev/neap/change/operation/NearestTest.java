package dev.neap.change.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> KNOWN = List.of("name", "type", "default", "from", "not_null");

    @ParameterizedTest
    @CsvSource({"nmae, name", "typ, type", "Type, type", "defualt, default", "notnull, not_null", "form, from"})
    void findsTheWordThatWasMeant(String word, String meant) {
        assertThat(Nearest.of(word, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"window", "x", "nullable", "''"})
    void saysNothingWhereNoneIsNear(String word) {
        assertThat(Nearest.of(word, KNOWN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a, a, 0", "'', abc, 3", "abc, '', 3", "kitten, sitting, 3", "ab, ba, 1", "abc, ca, 3", "ABC, abc, 0"})
    void countsMistakes(String left, String right, int distance) {
        assertThat(Nearest.distance(left, right)).isEqualTo(distance);
    }

    @Test
    void prefersTheNearest() {
        assertThat(Nearest.of("column", List.of("columns_x", "columns"))).contains("columns");
    }
}
