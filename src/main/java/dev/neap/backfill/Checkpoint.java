package dev.neap.backfill;

import java.util.List;
import java.util.Optional;

/**
 * How far a pass over a table is. Committed with each chunk's rows, it is the only truth about what is done.
 *
 * @param seq chunks committed so far
 * @param pass from 1
 * @param position the last key (or tuple address) done; empty before the first
 * @param upper the last one that belongs to the step; empty for an empty table
 * @param visited rows passed in this pass
 * @param changed rows changed in all passes
 * @param found rows changed in this pass
 * @param chunkRows size of the last chunk; 0 if there was none
 */
public record Checkpoint(
        long seq,
        int pass,
        Optional<List<String>> position,
        Optional<List<String>> upper,
        long visited,
        long changed,
        long found,
        long chunkRows,
        boolean finished) {

    /** Before the first chunk. */
    public static Checkpoint start(Optional<List<String>> upper) {
        return new Checkpoint(0, 1, Optional.empty(), upper, 0, 0, 0, 0, upper.isEmpty());
    }

    /** After a chunk that went up to {@code upTo}. */
    Checkpoint after(List<String> upTo, long visitedNow, long changedNow, long size) {
        return new Checkpoint(
                seq + 1,
                pass,
                Optional.of(upTo),
                upper,
                visited + visitedNow,
                changed + changedNow,
                found + changedNow,
                size,
                false);
    }

    /** At the end of the last pass. */
    Checkpoint end() {
        return new Checkpoint(seq + 1, pass, position, upper, visited, changed, found, chunkRows, true);
    }

    /** At the beginning of another pass. */
    Checkpoint nextPass(Optional<List<String>> newUpper) {
        return new Checkpoint(
                seq + 1, pass + 1, Optional.empty(), newUpper, 0, changed, 0, chunkRows, newUpper.isEmpty());
    }
}
