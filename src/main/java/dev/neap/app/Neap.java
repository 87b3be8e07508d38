package dev.neap.app;

import dev.neap.cli.Cli;
import dev.neap.cli.Open;
import dev.neap.cli.Program;
import dev.neap.cli.SystemTerminal;
import dev.neap.cli.Terminal;
import java.time.Clock;
import java.util.Map;

/** The program's entry point. */
public final class Neap {

    private Neap() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        // One configuration of the log for all commands: Spring Boot must not set up its own over it.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        // The driver would also read a password file that others can read; PgPass does it as libpq does.
        if (System.getProperty("org.postgresql.pgpassfile") == null) {
            System.setProperty("org.postgresql.pgpassfile", "/dev/null");
        }
        Terminal terminal = SystemTerminal.open(environment);
        int code = new Cli(program(environment, terminal), terminal, Clock.systemUTC()).run(arguments);
        if (Boolean.getBoolean("neap.train")) {
            Training.rehearse();
        }
        System.exit(code);
    }

    private static Program program(Map<String, String> environment, Terminal terminal) {
        return new WiredProgram(environment, warning -> terminal.err().println("neap: " + warning),
                (settings, target, shadows) -> {
                    SpringRuns spring = SpringRuns.open(settings, target, shadows);
                    spring.metrics().ifPresent(at -> terminal.err().println("neap: Metrics are served at " + at));
                    return new Open<>(spring.runs(), spring::close);
                });
    }
}
