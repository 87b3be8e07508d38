package dev.neap.cli;

import dev.neap.change.ChangeName;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: takes the arguments apart, runs the command, says how the process ends. */
public final class Cli {

    /** Read by the logging configuration when the first logger is made, which is after the arguments are known. */
    private static final String LOG_LEVEL = "neap.log.level";

    private final Session session;

    public Cli(Program program, Terminal terminal, Clock clock) {
        this.session = new Session(program, terminal, clock);
    }

    /** All commands, in the order in which help lists them. */
    private static List<Command> commands(Session session) {
        return List.of(
                new PlanCommand(session),
                new LintCommand(session),
                new RunCommand(session),
                new StatusCommand(session),
                new WatchCommand(session),
                new PauseCommand(session),
                new ResumeCommand(session),
                new StopCommand(session),
                new TuneCommand(session),
                new RestartCommand(session),
                new CompleteCommand(session),
                new RollbackCommand(session),
                new HistoryCommand(session),
                new DoctorCommand(session),
                new DemoCommand(session));
    }

    /**
     * @return the exit code of the process, as {@link ExitCode} documents them
     */
    public int run(String... arguments) {
        int code = commandLine().execute(arguments);
        session.terminal().out().flush();
        session.terminal().err().flush();
        return code;
    }

    CommandLine commandLine() {
        NeapCommand root = new NeapCommand();
        CommandLine neap = new CommandLine(root);
        // Not as mixins: version is for the program alone, help for every command.
        neap.getCommandSpec()
                .versionProvider((IVersionProvider) () -> new String[]{"neap " + session.program().version()});
        neap.getCommandSpec()
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print the version.")
                        .build());
        for (Command command : commands(session)) {
            CommandLine line = new CommandLine(command);
            document(line, command.exits());
            neap.addSubcommand(line);
        }
        neap.addSubcommand(completion());
        document(neap, List.of(ExitCode.values()));
        neap.registerConverter(ChangeName.class, ChangeName::new);
        neap.setOut(writer(session.terminal().out()));
        neap.setErr(writer(session.terminal().err()));
        neap.setCaseInsensitiveEnumValuesAllowed(true);
        neap.setParameterExceptionHandler(this::misused);
        neap.setExecutionStrategy(parsed -> execute(root, parsed));
        neap.setExecutionExceptionHandler((error, line, parsed) -> failed(error, root.verbose()));
        return neap;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    private static CommandLine completion() {
        CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion()).setCommandName("completion");
        completion.getCommandSpec().mixinStandardHelpOptions(false);
        List.copyOf(completion.getCommandSpec().options()).forEach(completion.getCommandSpec()::remove);
        completion
                .getCommandSpec()
                .usageMessage()
                .description("Print a script that completes commands and options in bash and zsh.")
                .footer("  source <(neap completion)");
        document(completion, List.of());
        return completion;
    }

    private static void document(CommandLine line, List<ExitCode> exits) {
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        List<ExitCode> all = new ArrayList<>(List.of(ExitCode.DONE, ExitCode.ERROR, ExitCode.USAGE));
        all.addAll(exits);
        Map<String, String> codes = new LinkedHashMap<>();
        new TreeSet<>(all).forEach(code -> codes.put(String.valueOf(code.code()), code.meaning()));
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.exitCodeList(codes);
        usage.footerHeading("%nExample:%n");
        usage.parameterListHeading("%n");
        usage.optionListHeading("%nOptions:%n");
        usage.commandListHeading("%nCommands:%n");
        usage.width(100);
    }

    private int execute(NeapCommand root, ParseResult parsed) {
        if (root.verbose()) {
            System.setProperty(LOG_LEVEL, "INFO");
            System.setProperty("neap.log.libraries", "INFO");
        }
        if (!parsed.hasSubcommand() && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
            throw new ParameterException(parsed.commandSpec().commandLine(), "A command is missing. Name one.");
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private int misused(ParameterException error, String[] arguments) {
        CommandLine line = error.getCommandLine();
        say(String.valueOf(error.getMessage()));
        if (!UnmatchedArgumentException.printSuggestions(error, line.getErr())) {
            say("See " + line.getCommandSpec().qualifiedName() + " --help.");
        }
        return ExitCode.USAGE.code();
    }

    private int failed(Exception error, boolean verbose) {
        say(Failures.message(error));
        if (verbose) {
            error.printStackTrace(session.terminal().err());
        } else {
            LoggerFactory.getLogger(Cli.class).info("The command failed.", error);
        }
        return Failures.exit(error).code();
    }

    private void say(String message) {
        session.terminal().err().println("neap: " + message);
    }
}
