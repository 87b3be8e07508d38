package dev.neap.pace;

/** What becomes of work while a signal can't be read. */
public enum OnUnreadable {
    /** Nothing runs: what can't be seen may be anything. */
    HOLD,
    /** Work goes on as if the signal were not there; only for signals that are nice to have. */
    IGNORE
}
