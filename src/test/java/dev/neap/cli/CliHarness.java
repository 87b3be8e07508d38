package dev.neap.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs command lines in this process. */
public final class CliHarness {

    private final Program program;

    /** What the person at the terminal types; nobody is there if null. */
    @Nullable
    String answer;

    public CliHarness(Program program) {
        this.program = program;
    }

    /** How a command ended and what it printed. */
    public record Result(ExitCode exit, String out, String err) {}

    public Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = cli(out, err).run(arguments);
        return new Result(ExitCode.of(code), out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    /** The command line, to take apart and not to run. */
    public CommandLine commandLine() {
        return cli(new ByteArrayOutputStream(), new ByteArrayOutputStream()).commandLine();
    }

    private Cli cli(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                () -> 80,
                prompt -> Optional.ofNullable(answer),
                prompt -> Optional.empty());
        return new Cli(program, terminal, Clock.systemUTC());
    }
}
