package dev.neap.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleTest {

    @ParameterizedTest
    @EnumSource
    void everyRuleHasAPageThatSaysWhatIsUnsafeWhyAndWhatIsSafe(Rule rule) {
        assertThat(Examples.lines(rule))
                .startsWith("# " + rule.id(), "", rule.title() + ".")
                .containsSubsequence("## Unsafe", "## Why", "## Safe");
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleIsListed(Rule rule) throws IOException {
        assertThat(Files.readAllLines(Path.of("src/docs/lint.md")))
                .contains("| [%s](lint/%s.md) | %s | %s |".formatted(
                        rule.id(), rule.id(), rule.severity().word(), rule.title()));
    }

    @Test
    void everyPageIsOfARule() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("src/docs/lint"))) {
            assertThat(pages.map(Path::toString)).containsExactlyInAnyOrderElementsOf(
                    Stream.of(Rule.values()).map(Rule::page).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleIsFoundByItsId(Rule rule) {
        assertThat(Rule.of(rule.id())).contains(rule);
        assertThat(rule.remedy()).endsWith(".");
    }
}
