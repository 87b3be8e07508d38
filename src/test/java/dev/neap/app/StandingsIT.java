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

/** Whoever asks for something that the state of a change does not allow is told what it does allow. */
class StandingsIT {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void sayWhatCanBeDoneWithAChangeInsteadOfPlanningItAgain() throws IOException {
        String change = file("code-number", "add_column: {name: number, type: integer, from: code::integer}");
        String other = file("other", "rename_column: {from: code, to: mark}");
        try (TestDatabase db = TestDatabase.on(TestServer.NEWEST)) {
            db.execute(
                    "CREATE TABLE parts (id bigint PRIMARY KEY, code text)", "INSERT INTO parts VALUES (1, 'x')");
            CliHarness neap = new CliHarness(Wired.with(Map.of("NEAP_URL", db.uri())));
            assertThat(neap.run("plan", change).exit()).isEqualTo(ExitCode.DONE);
            assertThat(neap.run("run", change).exit()).isEqualTo(ExitCode.FAILED);

            refuses(neap.run("plan", change),
                    "neap: Change code-number is FAILED, in run 1 of it: a plan is made before a"
                            + " run. See where it stands with: neap status code-number. Go on with: neap restart code-number; or"
                            + " undo it with: neap rollback code-number\n");
            refuses(neap.run("run", other),
                    "neap: Change code-number is FAILED and works on table public.parts too, and"
                            + " the two can't be under way at a time: both mention column code, which one of them drops or"
                            + " replaces. Go on with it, or undo it, first: neap restart code-number; or neap rollback"
                            + " code-number\n");

            assertThat(neap.run("rollback", "code-number", "--yes").exit()).isEqualTo(ExitCode.DONE);
            assertThat(neap.run("plan", change).exit()).isEqualTo(ExitCode.DONE);
            db.execute("UPDATE parts SET code = '1'");
            assertThat(neap.run("run", change).exit()).isEqualTo(ExitCode.DONE);
            assertThat(neap.run("complete", "code-number", "--yes").exit()).isEqualTo(ExitCode.DONE);
            refuses(neap.run("plan", change),
                    "neap: Change code-number is COMPLETED, in run 2 of it: a plan is made before"
                            + " a run. See where it stands with: neap status code-number. To do something else, give the new"
                            + " change a name of its own.\n");

            String again = "code-number is completed already; nothing was done.\n";
            assertThat(neap.run("complete", "code-number", "--yes").out()).isEqualTo(again);
            assertThat(neap.run("run", change).out()).isEqualTo(again);
            assertThat(neap.run("restart", "code-number").out()).isEqualTo(again);
        }
    }

    private static void refuses(CliHarness.Result result, String words) {
        assertThat(result.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).isEqualTo(words);
    }

    private String file(String name, String operation) throws IOException {
        return Files.writeString(
                directory.resolve(name + ".yaml"),
                "change: %s\ntable: public.parts\noperations:\n  - %s\n".formatted(name, operation)).toString();
    }
}
