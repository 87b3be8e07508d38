package dev.neap.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.yaml.ChangeReader;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages tell to write in a change file can be read. */
class PageYamlTest {

    static Stream<String> changes() {
        return Stream.of(Rule.values()).flatMap(rule -> Examples.changes(rule).stream());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void isAChangeFileWithItsName(String text) {
        assertThat(new ChangeReader().read("example.yaml", text).change().name().value()).isEqualTo("example");
    }
}
