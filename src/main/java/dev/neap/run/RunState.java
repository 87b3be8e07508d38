package dev.neap.run;

/** Where a run stands. Which state may follow which, and why, is in {@link Transitions}. */
public enum RunState {
    /** A process works on it, or did until it died: the lease tells which. */
    RUNNING,
    /** Someone stopped it at the end of a chunk; run or restart goes on from there. */
    STOPPED,
    /** It met something that it can't mend by itself; run or restart tries again from there. */
    FAILED,
    /** Everything up to the gate is done and verified; complete may contract, rollback may undo. */
    READY,
    /** The contract runs, or did until its process died; only complete goes on from there. */
    COMPLETING,
    /** Done. */
    COMPLETED,
    /** What was not contracted is being undone, or was until its process died; only rollback goes on from there. */
    ROLLING_BACK,
    /** Undone. */
    ROLLED_BACK;

    /** Whether nothing can follow. */
    public boolean isFinal() {
        return this == COMPLETED || this == ROLLED_BACK;
    }
}
