package dev.neap.backfill;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far a pass over a segment is. Committed with each chunk's rows, it is the only truth about what is done.
 *
 * @param seq chunks committed so far
 * @param pass from 1
 * @param lower the segment begins after this key; empty for the first segment of a table
 * @param upper its last key; empty for an empty table
 * @param position the last key (or tuple address) up to which every row is done; empty before the first
 * @param stretch what is being woven behind the position; empty where nothing is
 * @param file the file that tuple addresses are in ({@code pg_relation_filenode}); empty for keys
 * @param visited rows passed in this pass
 * @param changed rows changed in all passes
 * @param found rows changed in this pass
 * @param chunkRows size of the last chunk, or of the spans of the last stretch; 0 if there was none
 */
public record Checkpoint(
        long seq,
        int pass,
        Optional<List<String>> lower,
        Optional<List<String>> upper,
        Optional<List<String>> position,
        Optional<Stretch> stretch,
        Optional<Long> file,
        long visited,
        long changed,
        long found,
        long chunkRows,
        boolean finished) {

    /** Before the first chunk. */
    static Checkpoint start(Optional<List<String>> lower, Optional<List<String>> upper, Optional<Long> file) {
        return new Checkpoint(
                0, 1, lower, upper, Optional.empty(), Optional.empty(), file, 0, 0, 0, 0, upper.isEmpty());
    }

    /** Where what is left of this pass begins. */
    Optional<List<String>> after() {
        return position.or(() -> lower);
    }

    /**
     * How much of the segment is behind, 0 to 1.
     *
     * @param first the first key of the table
     * @return empty if its keys can't be measured
     */
    public OptionalDouble share(Optional<List<String>> first) {
        Optional<List<String>> begin = lower.or(() -> first);
        if (begin.isEmpty() || upper.isEmpty()) {
            return OptionalDouble.empty();
        }
        OptionalDouble behind = KeySpace.share(begin.get(), position, upper.get());
        if (stretch.isEmpty() || behind.isEmpty()) {
            return behind;
        }
        OptionalDouble end = KeySpace.share(begin.get(), Optional.of(stretch.get().end()), upper.get());
        return end.isEmpty()
                ? end
                : OptionalDouble.of(behind.getAsDouble()
                        + (end.getAsDouble() - behind.getAsDouble()) * stretch.get().share());
    }

    /** After a chunk. */
    Checkpoint after(Range range, long changedNow, long size) {
        Optional<Stretch> rest = stretch.flatMap(now -> now.after(range.upTo()));
        Optional<List<String>> done = stretch.isEmpty()
                ? Optional.of(range.upTo())
                : rest.isEmpty() ? Optional.of(stretch.get().end()) : position;
        return new Checkpoint(
                seq + 1, pass, lower, upper, done, rest, file, visited + range.visited(), changed + changedNow,
                found + changedNow, size, false);
    }

    /** At the beginning of a stretch; not stored by itself. */
    Checkpoint weaving(Stretch begun) {
        return new Checkpoint(
                seq, pass, lower, upper, position, Optional.of(begun), file, visited, changed, found, chunkRows, false);
    }

    /** At the end of the last pass. */
    Checkpoint end() {
        return new Checkpoint(
                seq + 1, pass, lower, upper, position, Optional.empty(), file, visited, changed, found, chunkRows,
                true);
    }

    /** At the beginning of another pass. */
    Checkpoint nextPass(Optional<List<String>> newUpper) {
        return anew(pass + 1, newUpper, file);
    }

    /** The table has been rewritten, so that addresses say nothing any more: the same pass, from its beginning. */
    Checkpoint rewritten(Optional<List<String>> newUpper, Optional<Long> newFile) {
        return anew(pass, newUpper, newFile);
    }

    private Checkpoint anew(int nextPass, Optional<List<String>> newUpper, Optional<Long> newFile) {
        return new Checkpoint(
                seq + 1, nextPass, lower, newUpper, Optional.empty(), Optional.empty(), newFile, 0, changed, 0,
                chunkRows, newUpper.isEmpty());
    }
}
