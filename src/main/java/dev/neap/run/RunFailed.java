package dev.neap.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command could not do what it was asked for. The message says object, fact and remedy.
 */
public final class RunFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why, as far as a caller may want to act on it. */
    public enum Reason {
        /** The change has no run in this database. */
        NO_SUCH_RUN,
        /** The file differs from the one that the run began with. */
        EDITED,
        /** Another process works on the change. */
        BUSY,
        /** The run's state does not allow it. */
        WRONG_STATE,
        /** The database can't be reached, or stayed away too long. */
        UNREACHABLE,
        /** A step failed for good. */
        STEP_FAILED
    }

    private final Reason reason;
    private final transient @Nullable RunState state;

    public RunFailed(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.state = null;
    }

    public RunFailed(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.state = null;
    }

    /**
     * @param state where the run stands now
     */
    RunFailed(Reason reason, String message, Throwable cause, RunState state) {
        super(message, cause);
        this.reason = reason;
        this.state = state;
    }

    public Reason reason() {
        return reason;
    }

    /** Where the run stands now; empty where this failure did not move it. */
    public Optional<RunState> state() {
        return Optional.ofNullable(state);
    }
}
