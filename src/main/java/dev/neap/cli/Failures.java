package dev.neap.cli;

import dev.neap.change.yaml.ChangeFile;
import dev.neap.change.yaml.ChangeFileException;
import dev.neap.plan.Refused;
import dev.neap.run.RunFailed;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;

/** The one map from what was thrown to how the process ends and what it says. */
public final class Failures {

    private Failures() {}

    /** How the process ends because of this. */
    static ExitCode exit(Throwable error) {
        return switch (error) {
            case CommandFailed failed -> failed.exit();
            case RunFailed failed -> exit(failed.reason());
            case Refused refused -> ExitCode.REFUSED;
            case ChangeFileException mistakes -> ExitCode.USAGE;
            default -> sql(error).map(Failures::exit).orElse(ExitCode.ERROR);
        };
    }

    private static ExitCode exit(RunFailed.Reason reason) {
        return switch (reason) {
            case NO_SUCH_RUN, EDITED, WRONG_STATE -> ExitCode.REFUSED;
            case BUSY -> ExitCode.BUSY;
            case UNREACHABLE -> ExitCode.UNREACHABLE;
            case STEP_FAILED -> ExitCode.FAILED;
        };
    }

    private static ExitCode exit(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        if (state.startsWith("08") || state.startsWith("28") || state.startsWith("3D")) {
            return ExitCode.UNREACHABLE;
        }
        return switch (state) {
            case "57P01", "57P02", "57P03", "53300" -> ExitCode.UNREACHABLE;
            case "42501", "25006" -> ExitCode.REFUSED;
            default -> error instanceof java.sql.SQLTransientException ? ExitCode.UNREACHABLE : ExitCode.ERROR;
        };
    }

    /** What to say: object, fact, remedy. */
    static String message(Throwable error) {
        if (exit(error) == ExitCode.ERROR && !(error instanceof CommandFailed)) {
            return "%s. Run the command again with -v to see where it happened.".formatted(bare(error));
        }
        Optional<SQLException> sql = sql(error);
        boolean worded = error instanceof CommandFailed
                || error instanceof RunFailed
                || error instanceof Refused
                || error instanceof ChangeFileException;
        if (worded || sql.isEmpty()) {
            return String.valueOf(error.getMessage());
        }
        return "%s. %s".formatted(firstLine(sql.get()), remedyFor(sql.get()));
    }

    /** The same for a change that was refused: each problem at its place in the file. */
    static CommandFailed located(ChangeFile file, Refused refused) {
        return new CommandFailed(
                ExitCode.REFUSED,
                refused.problems().stream().map(file::locate).collect(Collectors.joining("\n")),
                refused);
    }

    /** What to do about a failed connection or statement: a sentence. */
    public static String remedyFor(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        if (state.equals("08004") && String.valueOf(error.getMessage()).contains("password")) {
            return "Set NEAP_PASSWORD, or write the password into .pgpass.";
        }
        if (state.startsWith("28")) {
            return "Check the user, NEAP_PASSWORD or .pgpass, and the server's pg_hba.conf.";
        }
        return switch (state) {
            case "3D000" -> "Check the database's name, or create it.";
            case "53300" -> "Let another client disconnect, or raise max_connections.";
            case "57P03" -> "Wait until the server accepts connections.";
            case "42501" -> "Grant the privilege, or connect as the table's owner.";
            case "25006" -> "Connect to the primary: this server is a standby, or its sessions are read-only.";
            default -> "Check that the server runs and that host, port and TLS settings are right.";
        };
    }

    private static Optional<SQLException> sql(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static String bare(Throwable error) {
        String message = error.getMessage();
        String text = message == null || message.isBlank() ? error.getClass().getSimpleName() : firstLine(error);
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String firstLine(Throwable error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse(error.getClass().getSimpleName());
    }
}
