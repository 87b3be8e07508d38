package dev.neap.cli;

/** A command can't do what it was asked for, and how it ends is known. The message says object, fact and remedy. */
public final class CommandFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exit;

    public CommandFailed(ExitCode exit, String message) {
        super(message);
        this.exit = exit;
    }

    public CommandFailed(ExitCode exit, String message, Throwable cause) {
        super(message, cause);
        this.exit = exit;
    }

    public ExitCode exit() {
        return exit;
    }
}
