package dev.neap.backfill;

/** What a pass over a table is for. */
public enum Purpose {
    /** To change rows, once over the table. */
    CHANGE,
    /** To put right what is not, over and over, until a whole pass finds nothing. */
    VERIFY,
    /** To see that every row is right, and fail if one is not. */
    LAST_LOOK
}
