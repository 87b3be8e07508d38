package dev.neap.change.signal;

/** What is asked for while a signal can't be read. */
public enum WhenUnreadable {
    /** Work holds. */
    HOLD,
    /** Work goes on as if the signal were not there. */
    IGNORE
}
