package dev.neap.preflight.estimate;

import java.time.Duration;

/**
 * What a plan will cost up to its gate, without the waiting that pacing, windows and locks add.
 *
 * @param rows that are rewritten
 * @param bytes of the table that are read for it, indexes included
 * @param time of work
 * @param wal bytes of WAL, which every standby and the archive receive too
 * @param growth bytes by which table and indexes grow, until VACUUM lets later rows use the room again
 */
public record Estimate(
        Basis basis,
        Bounds<Long> rows,
        Bounds<Long> bytes,
        Bounds<Duration> time,
        Bounds<Long> wal,
        Bounds<Long> growth) {

    /** What an estimate was made from. */
    public enum Basis {
        /** The table's size and measurements on another machine. */
        ROUGH,
        /** Rows of this table, changed on this server and rolled back. */
        SAMPLE
    }
}
