package dev.neap.backfill;

import java.util.List;
import java.util.Optional;

/**
 * The rows that one transaction works on: those after {@code after} up to and including {@code upTo}, or one strand of
 * them.
 *
 * @param after empty for the first range of a table
 * @param visited how many rows were in it when it was laid out; of its strand, if it has one
 * @param size what was asked for, in units of the walk
 * @param strand which of the rows; empty for all
 */
public record Range(
        Optional<List<String>> after,
        List<String> upTo,
        long visited,
        long size,
        Optional<Strand> strand) {

    /** Stands for a range that could not even be asked for; the pass turns it down. */
    static final Range BLOCKED = new Range(Optional.empty(), List.of(), 0, 0);

    /** All rows between two keys. */
    Range(Optional<List<String>> after, List<String> upTo, long visited, long size) {
        this(after, upTo, visited, size, Optional.empty());
    }
}
