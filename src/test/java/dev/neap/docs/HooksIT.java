package dev.neap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.app.Wired;
import dev.neap.cli.CliHarness;
import dev.neap.cli.ExitCode;
import dev.neap.hook.WebhookServer;
import dev.neap.postgres.Await;
import dev.neap.postgres.Background;
import dev.neap.postgres.OtherSession;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The hooks that their page shows, at a real run. */
class HooksIT {

    private static final Page PAGE = Page.read(Path.of("src/docs/hooks.md"));

    private final WebhookServer server = new WebhookServer();

    @TempDir
    private Path directory;

    @AfterEach
    void end() {
        server.close();
    }

    private List<JsonNode> posted() {
        return server.bodies("/hooks/secret");
    }

    /** The page's own configuration, led to this machine, and one more webhook. */
    private void configure(String more) throws IOException {
        String yaml = PAGE.blocks()
                .stream()
                .filter(block -> block.info().equals("yaml"))
                .findFirst()
                .orElseThrow()
                .text();
        String here = server.url();
        String led = yaml.replace("https://chat.example.com", here)
                .replace("/var/log/neap-events.jsonl", told().toString())
                .replace("held_after: 1m", "held_after: 1s");
        assertThat(led).contains(here, told().toString(), "held_after: 1s");
        Files.writeString(directory.resolve("application.yaml"), led + "      - url: " + here + more + "\n");
    }

    private Path told() {
        return directory.resolve("told.jsonl");
    }

    private CliHarness neap(TestDatabase db) {
        return new CliHarness(Wired.with(Map.of("NEAP_URL", db.uri(), "CHAT_TOKEN", "secret")));
    }

    private Path change(String yaml) throws IOException {
        return Files.writeString(directory.resolve("change.yaml"), yaml);
    }

    @Test
    void tellsWhatBecomesOfARunAndIsNotHeldUpByAWebhookThatHangs() throws IOException {
        configure("/hang");
        String config = directory.toString();
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST)) {
            db.execute(
                    "CREATE TABLE parts (id bigint PRIMARY KEY, code text)",
                    "INSERT INTO parts SELECT i, i::text FROM generate_series(1, 100) i",
                    "INSERT INTO parts VALUES (101, 'one hundred and one')");
            Path file = change("""
                    change: code-number
                    table: public.parts
                    operations:
                      - add_column: {name: code_number, type: integer, from: code::integer}
                    """);
            CompletableFuture<CliHarness.Result> run;
            try (OtherSession other = OtherSession.open(db, "report", "SELECT count(*) FROM parts")) {
                run = Background.begin(() -> neap(db).run("run", file.toString(), "--config", config));
                Await.until("the hold is told", () -> !posted().isEmpty());
                other.commit();
            }
            CliHarness.Result failed = run.join();
            assertThat(failed.exit()).isEqualTo(ExitCode.FAILED);
            assertThat(failed.err()).doesNotContain("secret");
            configure("/");
            db.execute("UPDATE parts SET code = '101' WHERE id = 101");
            assertThat(neap(db).run("run", file.toString(), "--config", config).exit()).isEqualTo(ExitCode.DONE);
            assertThat(neap(db).run("rollback", "code-number", "--yes", "--config", config).exit())
                    .isEqualTo(ExitCode.DONE);
        }
        assertThat(events(posted().stream())).containsExactly("held", "resumed", "failed");
        List<JsonNode> lines = Files.readAllLines(told()).stream().map(JsonMapper.shared()::readTree).toList();
        assertThat(events(lines.stream()))
                .containsExactly(
                        "started", "held", "resumed", "failed", "started", "ready", "started", "rolled_back");

        JsonNode held = lines.get(1);
        assertThat(held.path("change").asString()).isEqualTo("code-number");
        assertThat(held.path("table").asString()).isEqualTo("public.parts");
        assertThat(held.path("state").asString()).isEqualTo("RUNNING");
        assertThat(held.path("hold").path("source").asString()).isEqualTo("ddl_lock");
        assertThat(held.path("hold").path("seconds").asDouble()).isBetween(1.0, 60.0);
        assertThat(held.path("reason").asString()).contains("report");
        JsonNode reason = lines.get(3);
        assertThat(reason.path("state").asString()).isEqualTo("FAILED");
        assertThat(reason.path("reason").asString()).contains("one hundred and one");
        assertThat(lines.getLast().path("state").asString()).isEqualTo("ROLLED_BACK");

        Set<String> shown = keys(JsonMapper.shared().readTree(json()));
        lines.forEach(line -> assertThat(shown).containsAll(keys(line)));
    }

    private static String json() {
        return PAGE.blocks().stream().filter(block -> block.info().equals("json")).findFirst().orElseThrow().text();
    }

    private static Set<String> keys(JsonNode node) {
        Set<String> keys = new TreeSet<>();
        node.properties().forEach(entry -> {
            keys.add(entry.getKey());
            keys(entry.getValue()).forEach(inner -> keys.add(entry.getKey() + "." + inner));
        });
        return keys;
    }

    private static List<String> events(Stream<JsonNode> bodies) {
        return bodies.map(body -> body.path("event").asString()).toList();
    }
}
