package dev.neap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.change.IrreversibleNote;
import dev.neap.run.LastWord;
import dev.neap.run.Outcome;
import dev.neap.run.RunFailed;
import dev.neap.run.RunFailed.Reason;
import dev.neap.run.RunId;
import dev.neap.run.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

class CliTest {

    private final ScriptedProgram program = new ScriptedProgram();
    private final CliHarness cli = new CliHarness(program);

    @TestFactory
    Stream<DynamicTest> everyCommandHasHelpWithAnExampleAndItsExitCodes() {
        return cli.commandLine()
                .getSubcommands()
                .entrySet()
                .stream()
                .map(command -> DynamicTest.dynamicTest(command.getKey(), () -> {
                    CliHarness.Result help = cli.run(command.getKey(), "--help");
                    assertThat(help.exit()).isEqualTo(ExitCode.DONE);
                    assertThat(help.out())
                            .contains("Usage: neap " + command.getKey(), "Example:",
                                    "  0   " + ExitCode.DONE.meaning());
                    assertThat(usage(command.getValue()).description()).isNotEmpty();
                    assertThat(usage(command.getValue()).footer())
                            .anyMatch(line -> line.contains("neap " + command.getKey()));
                }));
    }

    @Test
    void everyExitCodeOfHelpIsADocumentedOne() {
        for (CommandLine command : cli.commandLine().getSubcommands().values()) {
            usage(command).exitCodeList()
                    .forEach((code, meaning) -> assertThat(ExitCode.of(Integer.parseInt(code)).meaning())
                            .isEqualTo(meaning));
        }
    }

    @Test
    void everyExitCodeSaysItsNumberAndRemedyInItsDocumentation() throws IOException {
        String source = Files.readString(Path.of("src/main/java/dev/neap/cli/ExitCode.java"));
        String page = Files.readString(Path.of("src/docs/exit-codes.md"));
        for (ExitCode exit : ExitCode.values()) {
            assertThat(source).contains("    /** %d: ".formatted(exit.code()),
                    "    %s(%d, ".formatted(exit, exit.code()));
            assertThat(page).contains("| %d | %s |".formatted(exit.code(), exit.meaning()));
        }
        assertThat(Stream.of(ExitCode.values()).map(ExitCode::code)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void printsItsVersion() {
        assertThat(cli.run("--version").out()).isEqualTo("neap 1.2.3\n");
    }

    @Test
    void saysWhatIsWrongWithTheCommandLine() {
        assertThat(cli.run().exit()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("roll").err()).contains("roll", "neap rollback");
        assertThat(cli.run("restart").err()).contains("neap restart --help");
        assertThat(cli.run("restart", "Not A Name").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("restart", "x", "--password", "y").exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void endsAsTheOutcomeSays() {
        Map.of(
                RunState.READY, ExitCode.DONE,
                RunState.COMPLETED, ExitCode.DONE,
                RunState.ROLLED_BACK, ExitCode.DONE,
                RunState.STOPPED, ExitCode.STOPPED,
                RunState.FAILED, ExitCode.FAILED)
                .forEach((state, exit) -> {
                    program.outcome = () -> outcome(state);
                    assertThat(cli.run("restart", "x").exit()).isEqualTo(exit);
                });
    }

    @Test
    void endsAsTheFailureSays() {
        Map.of(
                new RunFailed(Reason.NO_SUCH_RUN, "n"), ExitCode.REFUSED,
                new RunFailed(Reason.EDITED, "e"), ExitCode.REFUSED,
                new RunFailed(Reason.BUSY, "b"), ExitCode.BUSY,
                new RunFailed(Reason.UNREACHABLE, "u"), ExitCode.UNREACHABLE,
                new RunFailed(Reason.STEP_FAILED, "s"), ExitCode.FAILED,
                new IllegalStateException("i", new SQLException("no", "08006")), ExitCode.UNREACHABLE,
                new IllegalStateException("i", new SQLException("no", "28P01")), ExitCode.UNREACHABLE,
                new IllegalStateException("i", new SQLException("no", "3D000")), ExitCode.UNREACHABLE,
                new IllegalStateException("i", new SQLException("no", "42501")), ExitCode.REFUSED,
                new IllegalStateException("i"), ExitCode.ERROR)
                .forEach((failure, exit) -> {
                    program.outcome = () -> {
                        throw failure;
                    };
                    CliHarness.Result result = cli.run("restart", "x");
                    assertThat(result.exit()).isEqualTo(exit);
                    assertThat(result.err()).startsWith("neap: ").doesNotContain("\tat ");
                });
    }

    @Test
    void showsWhereAnErrorCameFromWhenAsked() {
        program.outcome = () -> {
            throw new IllegalStateException("surprise");
        };
        assertThat(cli.run("-v", "restart", "x").err()).contains("neap: surprise. ", "\tat ");
        assertThat(cli.run("restart", "x", "-v").err()).contains("\tat ");
    }

    @Test
    void summarizesWhatWasDoneAndWhatToTypeNext() {
        program.outcome = () -> outcome(RunState.READY);
        assertThat(cli.run("restart", "x").out())
                .isEqualTo("""
                        x is ready to complete, after 12.0 s.
                          03-backfill: 1,000 rows passed, 900 changed, in 2 passes
                        Deploy the new code.
                          Next: neap complete x
                          Or undo it: neap rollback x
                        """);
    }

    @Test
    void asksAPersonForTheNameAgainBeforeItCompletes() {
        program.outcome = () -> outcome(RunState.COMPLETED);
        cli.answer = "y";
        assertThat(cli.run("complete", "x").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(program.asked).isEmpty();

        cli.answer = "x";
        assertThat(cli.run("complete", "x").exit()).isEqualTo(ExitCode.DONE);
        cli.answer = "";
        assertThat(cli.run("rollback", "x", "--yes").exit()).isEqualTo(ExitCode.DONE);
        assertThat(program.asked).containsExactly("complete x", "rollback x");
    }

    @Test
    void showsWhatTheFileSaysAboutLostDataAndWantsItAgreedTo() {
        program.outcome = () -> outcome(RunState.COMPLETED);
        program.last = Optional.of(new LastWord(
                List.of("the values of column email are gone with it"),
                new IrreversibleNote("base backup of 1 March", "90 days", "DBA team")));
        CliHarness.Result nobody = cli.run("complete", "x");
        assertThat(nobody.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(nobody.err())
                .contains("The values of column email are gone with it.")
                .contains("Backup: base backup of 1 March; retention: 90 days; approval: DBA team.")
                .contains("Give --yes.");
        assertThat(program.asked).isEmpty();

        assertThat(cli.run("complete", "x", "--yes").exit()).isEqualTo(ExitCode.DONE);
        cli.answer = "x";
        assertThat(cli.run("complete", "x").exit()).isEqualTo(ExitCode.DONE);
        assertThat(program.asked)
                .containsExactly("complete x agreed by --yes", "complete x agreed by typing the change's name");
    }

    @Test
    void ignoresTheWindowOnlyWhenTold() {
        program.outcome = () -> outcome(RunState.COMPLETED);
        cli.run("restart", "x");
        cli.run("restart", "x", "--ignore-window");
        cli.run("complete", "x", "--ignore-window", "--yes");
        assertThat(program.asked).containsExactly("restart x", "restart x at any hour", "complete x at any hour");
    }

    @Test
    void asksNobodyWhereNobodyIs() {
        program.outcome = () -> outcome(RunState.COMPLETED);
        assertThat(cli.run("complete", "x").exit()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void printsAReportForPeopleOrForPrograms() {
        assertThat(cli.run("doctor").out()).isEqualTo("all is well\n");
        assertThat(cli.run("doctor", "--json").out()).isEqualTo("{}\n");
        program.blocked = true;
        assertThat(cli.run("doctor").exit()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void writesACompletionScript() {
        CliHarness.Result script = cli.run("completion");
        assertThat(script.exit()).isEqualTo(ExitCode.DONE);
        assertThat(script.out()).contains("complete -F _complete_neap", "rollback");
    }

    private static UsageMessageSpec usage(CommandLine command) {
        return command.getCommandSpec().usageMessage();
    }

    private static Outcome outcome(RunState state) {
        return new Outcome(
                new RunId(1),
                "x",
                state,
                "Deploy the new code.",
                List.of(new Outcome.Pass("03-backfill", 1_000, 900, 2, 0)),
                Duration.ofSeconds(12));
    }
}
