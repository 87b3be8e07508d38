package dev.neap.step;

/** The phases of a change, in the order in which they run. */
public enum Phase {
    /** New structure beside the old: columns, sync triggers. Old and new code both work afterwards. */
    EXPAND,
    /** Existing rows are brought to what the change says. */
    BACKFILL,
    /** Every row is compared with what the change says, and put right, until a whole pass finds nothing. */
    VERIFY,
    /** Constraints and indexes that need right rows, made without blocking anyone. */
    CONSTRAIN,
    /** The old structure goes; only by an explicit command. */
    CONTRACT
}
