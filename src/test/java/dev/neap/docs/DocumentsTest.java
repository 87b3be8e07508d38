package dev.neap.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.neap.app.Wired;
import dev.neap.cli.CliHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the documents say of files, commands and settings is so. */
class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern SPOKEN_OF = Pattern.compile("`neap ([a-z]+)\\b[^`]*`");
    private static final Pattern SETTING = Pattern.compile("\\| `(neap\\.[a-z_.]+)` \\| (?:`([^`]*)`)? *\\|.*");
    private static final Path SETTINGS = Path.of("src/docs/settings.md");

    private final CliHarness neap = new CliHarness(Wired.with(Map.of()));

    static Stream<Page> pages() {
        return Page.all().stream();
    }

    static Stream<Shown> commands() {
        return pages()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.info().startsWith("console"))
                .flatMap(block -> Shown.in(block).stream());
    }

    @Test
    void readmeIsRead() {
        assertThat(Page.read(Path.of("README.md")).lines()).hasSizeLessThanOrEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Page page) {
        List<String> dead = new ArrayList<>();
        for (int i = 0; i < page.lines().size(); i++) {
            Matcher link = LINK.matcher(page.lines().get(i));
            while (link.find()) {
                Path target = link.group(1).isEmpty() ? page.path() : page.path().resolveSibling(link.group(1));
                if (!Files.exists(target) || (link.group(2) != null && !anchors(target).contains(link.group(2)))) {
                    dead.add("%s:%d: %s".formatted(page.path(), i + 1, link.group()));
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path path) {
        return Page.read(path)
                .lines()
                .stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(java.util.Locale.ROOT))
                .map(line -> line.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageIsListedInTheIndex(Page page) {
        boolean rule = page.path().startsWith("src/docs/lint");
        String index = String.join("\n", Page.read(Path.of(rule ? "src/docs/lint.md" : "src/docs/index.md")).lines());
        String name = page.path().getFileName().toString();
        assertThat(name.equals("index.md") || index.contains(name + ")")).as(page.toString()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandIsUnderstood(Shown shown) {
        assertThatCode(() -> neap.commandLine().parseArgs(shown.arguments().toArray(String[]::new)))
                .as(shown.toString())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void speaksOfNoCommandThatThereIsNot(Page page) {
        Set<String> commands = neap.commandLine().getSubcommands().keySet();
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < page.lines().size(); i++) {
            Matcher spokenOf = SPOKEN_OF.matcher(page.lines().get(i));
            while (spokenOf.find()) {
                if (!commands.contains(spokenOf.group(1))) {
                    unknown.add("%s:%d: %s".formatted(page.path(), i + 1, spokenOf.group()));
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyCommandIsListed() {
        String running = String.join("\n", Page.read(Path.of("src/docs/running.md")).lines());
        assertThat(neap.commandLine().getSubcommands().keySet())
                .allSatisfy(command -> assertThat(running).containsPattern("\\| `neap " + command + "[ `]"));
    }

    @Test
    void everySettingIsDocumentedWithItsDefault() throws IOException {
        Map<String, String> documented = new LinkedHashMap<>();
        for (String line : Page.read(SETTINGS).lines()) {
            Matcher setting = SETTING.matcher(line);
            if (setting.matches()) {
                documented.put(setting.group(1), setting.group(2) == null ? "" : setting.group(2));
            }
        }
        Map<String, String> inFile = new LinkedHashMap<>();
        String yaml = Files.readString(Path.of("config/application.yaml")).replaceAll("(?m)^#(?=  )", "");
        flatten("", new Yaml().<Map<String, Object>>load(yaml), inFile);
        // These have no default: the file shows examples.
        inFile.replaceAll((key, value) -> key.matches("neap\\.[a-z_]+") ? "" : value);
        assertThat(documented).isEqualTo(inFile);
    }

    private static void flatten(String prefix, Map<String, Object> yaml, Map<String, String> into) {
        yaml.forEach((key, value) -> {
            if (value instanceof Map<?, ?> nested && !nested.isEmpty()) {
                Map<String, Object> typed = new LinkedHashMap<>();
                nested.forEach((name, inner) -> typed.put(String.valueOf(name), inner));
                flatten(prefix + key + ".", typed, into);
            } else {
                into.put(prefix + key, value == null ? "" : String.valueOf(value));
            }
        });
    }

    @Test
    void everyOptionOfAChangeFileIsDocumented() throws IOException {
        JsonNode schema = JsonMapper.shared()
                .readTree(Files.readString(Path.of("src/main/resources/dev/neap/change.schema.json")));
        Set<String> options = new TreeSet<>();
        for (String key : List.of("backfill", "pace")) {
            schema.path("properties")
                    .path(key)
                    .path("properties")
                    .propertyNames()
                    .forEach(name -> options.add(key + "." + name));
        }
        Set<String> documented = Page.read(SETTINGS)
                .lines()
                .stream()
                .map(Pattern.compile("\\| `((?:backfill|pace)\\.[a-z_]+)` .*")::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isNotEmpty().isEqualTo(options);
    }

    @Test
    void everyKeyOfAnOperationIsDocumentedOnItsPage() throws IOException {
        JsonNode schema = JsonMapper.shared()
                .readTree(Files.readString(Path.of("src/main/resources/dev/neap/change.schema.json")));
        for (String operation : operations()) {
            Page page = Page.read(Path.of("src/docs/operations/" + operation.replace('_', '-') + ".md"));
            List<JsonNode> forms = schema.findValues(operation);
            assertThat(forms).as(operation).isNotEmpty();
            forms.getFirst()
                    .path("properties")
                    .propertyNames()
                    .forEach(key -> assertThat(page.lines()).as("%s: key %s", page, key)
                            .anyMatch(line -> line.startsWith("| `" + key + "` |")));
        }
    }

    private static List<String> operations() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("src/docs/operations"))) {
            return pages.map(path -> path.getFileName().toString().replace(".md", "").replace('-', '_'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void launcherKnowsEveryVariableThatIsDocumented() throws IOException {
        String launcher = Files.readString(Path.of("neap"));
        for (String line : Page.read(SETTINGS).lines()) {
            if (line.startsWith("| `NEAP_")) {
                assertThat(launcher).contains(line.split("`", -1)[1]);
            }
        }
    }
}
