package dev.neap.bench;

import java.util.Optional;

/**
 * What one contender did in one round.
 *
 * @param table its letter
 * @param contender its name in bench.contenders
 * @param title its name for people
 * @param round from 1
 * @param figures absent if it failed
 * @param failure in words, if it failed
 */
record Measurement(
        String table,
        long rows,
        String contender,
        String title,
        int round,
        Optional<Figures> figures,
        Optional<String> failure) {

    Measurement {
        if (figures.isPresent() == failure.isPresent()) {
            throw new IllegalArgumentException("A round has either figures or a failure.");
        }
    }

    /**
     * @param seconds of the whole
     * @param extrapolated whether that is what it would have taken, had it not been broken off
     * @param work the part of it that changed rows, where the contender tells
     * @param peakHeap bytes, where the work was done in a JVM of its own
     * @param cost absent if it was broken off
     */
    record Figures(
            double seconds,
            boolean extrapolated,
            Optional<Double> work,
            Optional<Long> peakHeap,
            Optional<Cost> cost) {}

    /**
     * @param wal bytes, of all that the server wrote meanwhile
     * @param before bytes of heap, TOAST and indexes
     * @param after the same when it was done
     * @param hot the share of updates that needed no new index entry, from 0 to 1
     */
    record Cost(long wal, long before, long after, double hot) {}
}
