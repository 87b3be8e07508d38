package dev.neap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.app.Wired;
import dev.neap.change.yaml.ChangeReader;
import dev.neap.cli.CliHarness;
import dev.neap.plan.Planner;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import dev.neap.run.Inspection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every change file of the documents can be planned, and what their commands print is what they print. */
class DocumentsIT {

    private static final Pattern FILE = Pattern.compile("# (jobs/\\S+\\.yaml)");
    private static final Pattern KEY = Pattern.compile("`([a-z_.\\[\\]]+)`");

    /** What status tells only of a change that is worked on. */
    private static final Set<String> WHILE_AT_WORK = Stream.of(
            "holder.name holder.alive holder.taken_at holder.heartbeat_at",
            "control.state control.by control.at",
            "tuned[].what tuned[].value tuned[].until tuned[].by tuned[].at",
            "progress.phase progress.step progress.steps progress.title progress.visited progress.total",
            "progress.changed progress.rows_per_second progress.workers progress.remaining_low_ms",
            "progress.remaining_high_ms progress.waiting progress.waiting_since progress.waiting_for progress.held_ms",
            "progress.step_began_at progress.readings[].signal progress.readings[].pressure",
            "progress.readings[].what progress.readings[].at progress.events[].at progress.events[].line progress.at",
            "window.closes_at window.opens_at window.left window.work.low window.work.high window.done_low.at",
            "window.done_low.openings window.done_high.at window.done_high.openings")
            .flatMap(keys -> Stream.of(keys.split(" ")))
            .map(key -> "changes[]." + key)
            .collect(Collectors.toSet());

    /** What a plan tells only of statements that the author wrote. */
    private static final Set<String> OF_SQL = Stream.of("up", "down")
            .flatMap(way -> Stream.of("sql", "locks[].relation", "locks[].lock", "locks[].work", "error")
                    .map(key -> "steps[].shadow." + way + "[]." + key))
            .collect(Collectors.toSet());

    /** What history tells only of a change that somebody had a hand in. */
    private static final Set<String> ASKED = Stream.of("what", "from", "to", "reason", "by", "at")
            .map(key -> "runs[].audit[]." + key)
            .collect(Collectors.toSet());

    @TempDir
    private Path directory;

    static Stream<Page.Block> changes() {
        return Page.all().stream().flatMap(page -> page.blocks().stream()).filter(Page.Block::isChange);
    }

    static Stream<Page> pagesThatRun() {
        return Page.all()
                .stream()
                .filter(page -> page.blocks().stream().anyMatch(block -> block.info().equals("console run")));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void plansEveryChangeFile(Page.Block block) throws IOException {
        try (TestDatabase db = tables()) {
            var change = new ChangeReader().read(block.at(0), block.text()).change();
            assertThat(file(block)).as(block.at(0)).isEqualTo("jobs/" + change.name() + ".yaml");
            var plan = Planner.plan(change, new Inspection(db.dataSource()).inspect(change));
            assertThat(plan.steps()).as(block.at(0)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("pagesThatRun")
    void printsWhatThePageShows(Page page) throws IOException {
        for (Page.Block block : page.blocks().stream().filter(Page.Block::isChange).toList()) {
            Path file = directory.resolve(file(block));
            Files.createDirectories(file.getParent());
            Files.writeString(file, block.text());
        }
        try (TestDatabase db = tables()) {
            CliHarness neap = new CliHarness(Wired.with(Map.of("NEAP_URL", db.uri())));
            for (Page.Block block : page.blocks()) {
                if (block.info().equals("console run")) {
                    Shown.in(block).forEach(shown -> run(neap, shown));
                }
            }
        }
    }

    private void run(CliHarness neap, Shown shown) {
        CliHarness.Result result = neap.run(shown.arguments()
                .stream()
                .map(argument -> argument.startsWith("jobs/") ? directory.resolve(argument).toString() : argument)
                .toArray(String[]::new));
        String printed = (result.out() + result.err()).replace(directory + "/", "");
        assertThat(result.exit().code()).as("%s%nends otherwise; it printed:%n%s", shown, printed)
                .isEqualTo(shown.exit());
        List<String> missing = shown.missingFrom(printed.lines().toList());
        assertThat(missing).as("%s%nshows %s and does not print it; it printed:%n%s", shown, missing, printed)
                .isEmpty();
    }

    @Test
    void documentsEveryKeyOfTheJson() throws IOException {
        Path file = directory.resolve("code-number.yaml");
        Files.writeString(file, """
                change: code-number
                table: public.parts
                operations:
                  - add_column: {name: code_number, type: integer, from: code::integer}
                backfill: {max_quarantined: 1}
                window: {from: "00:00", to: "24:00", zone: UTC}
                """);
        try (TestDatabase db = tables()) {
            CliHarness neap = new CliHarness(Wired.with(Map.of("NEAP_URL", db.uri())));
            compare("plan", neap.run("plan", file.toString(), "--json").out(),
                    with(OF_SQL,
                            "window.closes_at", "window.opens_at", "walk.units[].name", "walk.units[].rows",
                            "walk.units[].order", "steps[].destroys", "steps[].other_locks[].relation",
                            "steps[].other_locks[].lock", "steps[].other_locks[].work", "irreversible.backup",
                            "irreversible.retention",
                            "irreversible.approval", "neighbours[].name", "neighbours[].rows",
                            "neighbours[].heap_bytes",
                            "neighbours[].total_bytes", "neighbours[].walk"));
            neap.run("run", file.toString());
            compare("doctor", neap.run("doctor", "--json").out(), Set.of());
            compare("history", neap.run("history", "code-number", "--json").out(), ASKED);
            compare("status", neap.run("status", "--json").out(), WHILE_AT_WORK);
            Path sql = Files.writeString(directory.resolve("V1__empty.sql"), "TRUNCATE parts;");
            compare("lint", neap.run("lint", sql.toString(), "--no-shadow", "--json").out(), Set.of("notes[]"));
        }
    }

    private static Set<String> with(Set<String> some, String... others) {
        return Stream.concat(some.stream(), Stream.of(others)).collect(Collectors.toSet());
    }

    private static void compare(String command, String json, Set<String> elsewhere) {
        Set<String> printed = new TreeSet<>(elsewhere);
        collect("", JsonMapper.shared().readTree(json), printed);
        assertThat(documented(command)).as("src/docs/json.md, neap " + command).isEqualTo(printed);
    }

    private static Set<String> documented(String command) {
        Set<String> keys = new TreeSet<>();
        List<String> lines = Page.read(Path.of("src/docs/json.md")).lines();
        lines.stream()
                .skip(lines.indexOf("## neap " + command) + 1L)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> KEY.matcher(line.split(" \\| ", -1)[0]))
                .forEach(matcher -> {
                    while (matcher.find()) {
                        keys.add(matcher.group(1));
                    }
                });
        return keys;
    }

    private static void collect(String path, JsonNode node, Set<String> into) {
        if (node.isObject()) {
            node.propertyNames()
                    .forEach(
                            name -> collect(path.isEmpty() ? name : path + "." + name, node.path(name), into));
        } else if (node.isArray()) {
            node.forEach(element -> collect(path + "[]", element, into));
        } else {
            into.add(path);
        }
    }

    private static String file(Page.Block block) {
        Matcher name = FILE.matcher(block.lines().getFirst());
        assertThat(name.matches()).as("%s names its file: # jobs/….yaml", block.at(0)).isTrue();
        return name.group(1);
    }

    private static TestDatabase tables() throws IOException {
        try (var sql = DocumentsIT.class.getResourceAsStream("tables.sql")) {
            assertThat(sql).isNotNull();
            return TestDatabase.on(TestServer.NEWEST).execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
