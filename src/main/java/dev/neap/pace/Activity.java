package dev.neap.pace;

/** What a worker does, as far as it matters to signals. */
public enum Activity {
    /** Writes rows. */
    CHANGE,
    /** Only reads, as long as it finds nothing wrong: standbys have nothing to replay of it. */
    READ,
    /** Changes structure, once: it can be kept from beginning, but not be slowed down. */
    STRUCTURE
}
