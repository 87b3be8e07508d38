package dev.neap.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.yaml.ChangeReader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages tell to write in a change file can be read. */
class PageYamlTest {

    static Stream<Rule> rules() {
        return Stream.of(Rule.values()).filter(rule -> !yaml(rule).isEmpty());
    }

    /** The YAML below the heading "With Neap". */
    private static String yaml(Rule rule) {
        List<String> lines = Examples.lines(rule);
        List<String> below = lines.subList(Math.max(0, lines.indexOf("## With Neap")), lines.size());
        int begin = below.indexOf("```yaml");
        return lines.contains("## With Neap") && begin >= 0
                ? String.join("\n", below.subList(begin + 1, below.lastIndexOf("```"))) + "\n"
                : "";
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isAChangeFileWithItsNameAndTable(Rule rule) {
        String text = "change: example\ntable: public.users\n" + yaml(rule);
        assertThat(new ChangeReader().read("example.yaml", text).change().name().value()).isEqualTo("example");
    }
}
