package dev.neap.trace;

/** What a transaction did to a relation beyond locking it. */
public enum Deed {
    /** It made it: nobody else can see it before the commit, so its locks keep nobody waiting. */
    CREATED,
    /** It dropped it. */
    DROPPED,
    /** It wrote all of a table's rows into a new file, or emptied it by giving it a new file (TRUNCATE). */
    REWRITTEN,
    /** It read a table from end to end. */
    SCANNED,
    /** It built an index from a table's rows: a new one, or an old one anew. */
    BUILT
}
