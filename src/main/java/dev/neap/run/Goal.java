package dev.neap.run;

/** What a command wants of a run. */
public enum Goal {
    /** Everything up to the gate. */
    RUN,
    /** The contract. */
    COMPLETE,
    /** Taking back what was not contracted. */
    ROLLBACK
}
