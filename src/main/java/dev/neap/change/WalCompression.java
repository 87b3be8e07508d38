package dev.neap.change;

/** How full-page images in the WAL of a chunk are compressed. */
public enum WalCompression {
    /** With lz4 where that is possible and nothing else is set; else as KEEP. */
    AUTO,
    /** As the server, the database or the role has it. */
    KEEP,
    /** Not at all. */
    OFF,
    /** With PostgreSQL's own method, which every server has and which costs the most time. */
    PGLZ,
    /** PostgreSQL 15 and later, where it was built with it. */
    LZ4,
    /** PostgreSQL 15 and later, where it was built with it. */
    ZSTD
}
