package dev.neap.change;

/** Whether the commit of a chunk waits until it is on disk. */
public enum SynchronousCommit {
    /** It does not: a crash loses a chunk's rows and its checkpoint together. */
    OFF,
    /** As the server, the database or the role has it. */
    KEEP
}
