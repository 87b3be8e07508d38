package dev.neap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The page that leads from each pattern to its operation leaves none out, and the tests that it names are there. */
class PatternsTest {

    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w*(?:Test|IT))`");
    private static final Pattern EXAMPLES = Pattern.compile("`ExamplesIT` ([0-9][0-9, –]*)");
    private static final Pattern NUMBER = Pattern.compile("(\\d\\d)(?:–(\\d\\d))?");

    private final List<String> rows = Page.read(Path.of("src/docs/patterns.md"))
            .lines()
            .stream()
            .filter(line -> line.startsWith("| "))
            .toList();

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        assertThat(files(Path.of("src/test/java"), ".java")).containsAll(found(TEST_CLASS));
    }

    @Test
    void everyOperationAppears() throws IOException {
        Set<String> keywords = new TreeSet<>(JsonMapper.shared()
                .readTree(Files.readString(Path.of("src/main/resources/dev/neap/change.schema.json")))
                .at("/properties/operations/items/properties")
                .propertyNames());
        assertThat(keywords).isNotEmpty()
                .allSatisfy(keyword -> assertThat(rows).anyMatch(row -> row.contains("[" + keyword + "](")));
    }

    @Test
    void everyExampleThatIsNumberedIsThere() throws IOException {
        Set<String> jobs = files(Path.of("jobs"), ".yaml").stream()
                .map(name -> name.substring(0, 2))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = new TreeSet<>();
        for (String numbers : found(EXAMPLES)) {
            NUMBER.matcher(numbers).results().forEach(range -> {
                int last = Integer.parseInt(range.group(2) == null ? range.group(1) : range.group(2));
                for (int number = Integer.parseInt(range.group(1)); number <= last; number++) {
                    named.add("%02d".formatted(number));
                }
            });
        }
        assertThat(named).isEqualTo(jobs);
    }

    private Set<String> found(Pattern pattern) {
        return rows.stream()
                .map(pattern::matcher)
                .flatMap(Matcher::results)
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> files(Path under, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(under)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
