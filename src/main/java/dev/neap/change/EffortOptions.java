package dev.neap.change;

import java.util.Optional;

/**
 * What a change file says about the effort with which its rows are worked on.
 *
 * @param workers how many work at once; 1 to 16
 * @param strands how many visits to each page; 1 (plain ranges) to 64; as many as the rows ask for if empty
 * @param oldSnapshot what to do while an old snapshot keeps PostgreSQL from pruning
 * @param vacuum whether the table is vacuumed at each quarter of the way
 */
public record EffortOptions(
        Optional<Integer> workers,
        Optional<Integer> strands,
        Optional<OldSnapshot> oldSnapshot,
        Optional<Boolean> vacuum) {

    /** What to do while pruning can't work, so that visiting pages several times gains nothing. */
    public enum OldSnapshot {
        /** Go on in plain ranges. */
        PLAIN,
        /** Hold until it is gone. */
        WAIT
    }

    public static EffortOptions none() {
        return new EffortOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
