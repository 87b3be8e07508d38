package dev.neap.bench;

/**
 * How long a steady load's operations took beside a contender.
 *
 * @param table its letter
 * @param contender its name in bench.contenders, or {@link #NONE}
 * @param title its name for people
 * @param seconds for which both went on
 */
record Latency(String table, long rows, String contender, String title, double seconds, Times times) {

    /** Stands for the load alone. */
    static final String NONE = "none";

    /**
     * Milliseconds, from when an operation was due.
     *
     * @param operations how many were due
     * @param failed how many of them ended with an error
     */
    record Times(double p50, double p99, double max, long operations, long failed) {}
}
