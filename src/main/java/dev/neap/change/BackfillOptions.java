package dev.neap.change;

import java.time.Duration;
import java.util.Optional;

/**
 * What a change file says about how its rows are worked on; what it leaves out comes from the configuration. None of it
 * belongs to a change's identity: it may differ at each restart.
 *
 * @param chunkDuration how long one transaction should take; 10 ms to 10 s
 * @param pause rest after each chunk; 0 to 1 min
 * @param maxQuarantined how many rows may be set aside because their data does not fit; ≥ 0
 * @param order how the table is walked
 * @param effort with how much effort
 * @param session settings of the transactions that change rows
 * @param transformThreads how many rows a Java class is given at a time; 1 to 1000
 */
public record BackfillOptions(
        Optional<Duration> chunkDuration,
        Optional<Duration> pause,
        Optional<Integer> maxQuarantined,
        Optional<Order> order,
        EffortOptions effort,
        SessionOptions session,
        Optional<Integer> transformThreads) {

    /** The ways to walk a table. */
    public enum Order {
        /** By key where there is one and rows lie in its order, or the table is small; else by block. */
        AUTO,
        /** In the order of the key's index. */
        KEY,
        /** In the order of the table's blocks; only where doing a row twice does no harm. */
        BLOCK
    }

    public static BackfillOptions none() {
        return new BackfillOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                EffortOptions.none(),
                SessionOptions.none(),
                Optional.empty());
    }

    /** The same with another order. */
    public BackfillOptions in(Optional<Order> other) {
        return new BackfillOptions(chunkDuration, pause, maxQuarantined, other, effort, session, transformThreads);
    }
}
