package dev.neap.run;

/**
 * What people ask of a run while a process works on it, and what that process has reached of it. It lies over
 * {@link RunState}: a run that is RUNNING, COMPLETING or ROLLING_BACK can be paused in each of them. Which may follow which,
 * and why, is in {@link Transitions}.
 */
public enum ControlState {
    /** Nothing is asked: it may work. */
    FREE,
    /** Someone asked for a pause; the chunk or statement at work is finished first. */
    PAUSING,
    /** Nothing is at work, and no transaction, connection or lock is held. Outlasts the process. */
    PAUSED,
    /** Someone lifted the pause; its process has not taken notice yet. */
    RESUMING,
    /** Someone asked it to end, so that it can be gone on with later. */
    STOPPING
}
