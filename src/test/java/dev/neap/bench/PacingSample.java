package dev.neap.bench;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What was so at one moment of a paced run.
 *
 * @param seconds since the run was started
 * @param written bytes of WAL since then, by everybody
 * @param slow the standby that is slowed
 * @param fast the one that is not
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"seconds", "written", "slow", "fast"})
record PacingSample(double seconds, long written, Behind slow, Behind fast) {

    /**
     * How far a standby is behind.
     *
     * @param seconds see {@link WalPositions}
     * @param bytes of WAL that it has yet to replay
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"seconds", "bytes"})
    record Behind(double seconds, long bytes) {}
}
