package dev.neap.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.cli.CliHarness;
import dev.neap.cli.ExitCode;
import dev.neap.postgres.TestDatabase;
import dev.neap.postgres.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask PostgreSQL before a change's own SQL runs, with everything behind them. */
class JudgingIT {

    private static final String COMMENT = """
            change: commented
            table: public.parts
            operations:
              - sql: {up: [COMMENT ON TABLE public.parts IS 'x'], down: [COMMENT ON TABLE public.parts IS NULL],
                      lock: share_update_exclusive}
            """;

    @TempDir
    private Path directory;

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name + ".yaml"), text).toString();
    }

    private static TestDatabase parts(TestServer server) {
        return TestDatabase.on(server).execute("CREATE TABLE parts (id int PRIMARY KEY, code int)");
    }

    @Test
    void showAndRefuseWhatTheFileDoesNotSay() throws IOException {
        String change = file("wider", """
                change: wider
                table: public.parts
                operations:
                  - sql:
                      up: [ALTER TABLE public.parts ALTER COLUMN code TYPE bigint]
                      irreversible: nobody wants it back
                irreversible: {backup: none, retention: none, approval: a test}
                """);
        try (TestDatabase db = parts(TestServer.NEWEST)) {
            CliHarness neap = new CliHarness(Wired.with(Map.of("NEAP_URL", db.uri(), "PATH", "")));
            CliHarness.Result plan = neap.run("plan", change);
            assertThat(plan.exit()).isEqualTo(ExitCode.REFUSED);
            assertThat(plan.out().replaceAll("\\s+", " "))
                    .contains("shadow ACCESS EXCLUSIVE on table public.parts and writes every row and all indexes anew",
                            "BLOCKER", "wider.yaml:5: On an empty copy of the schema,", "write work: rewrite.",
                            "neap run refuses to begin");
            CliHarness.Result run = neap.run("run", change);
            assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
            assertThat(run.err()).contains("wider.yaml:5: On an empty copy of the schema,");
            assertThat(db.one(String.class, "SELECT format_type(atttypid, -1) FROM pg_attribute"
                    + " WHERE attrelid = 'parts'::regclass AND attname = 'code'")).isEqualTo("integer");
        }
    }

    @Test
    void refuseToRunWhereNoServerOfItsVersionCanBeAskedUnlessThatIsWaived() throws IOException {
        String change = file("commented", COMMENT);
        String waived = file("waived", COMMENT + "lint: {allow: [{rule: not-judged, reason: tried on staging}]}\n");
        try (TestDatabase db = parts(TestServer.OLDEST); TestDatabase other = TestDatabase.on(TestServer.NEWEST)) {
            CliHarness neap = new CliHarness(Wired.with(
                    Map.of("NEAP_URL", db.uri(), "NEAP_LINT_SHADOW_URL", other.uri(), "PATH", "")));
            CliHarness.Result refused = neap.run("run", change);
            assertThat(refused.exit()).isEqualTo(ExitCode.REFUSED);
            assertThat(refused.err()).contains("commented.yaml:4: What these statements lock",
                    "runs PostgreSQL 18, and 14 is needed", "rule: not-judged");
            assertThat(neap.run("plan", change).exit()).isEqualTo(ExitCode.REFUSED);
            CliHarness.Result plan = neap.run("plan", waived, "--shadow-url", other.uri());
            assertThat(plan.out()).contains("WARNING", "The file waives not-judged: tried on staging.");
            assertThat(neap.run("run", waived, "--shadow-url", other.uri()).exit()).isEqualTo(ExitCode.DONE);
            assertThat(db.one(String.class, "SELECT obj_description('parts'::regclass, 'pg_class')")).isEqualTo("x");
        }
    }
}
