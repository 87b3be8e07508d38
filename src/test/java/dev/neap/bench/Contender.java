package dev.neap.bench;

import java.time.Duration;
import java.util.Optional;

/** A way to set email_normalized in every row. */
interface Contender {

    /** As in bench.contenders and in the results. */
    String id();

    /** For people, short enough for a table. */
    String title();

    /**
     * Makes what has to be there before the clock starts.
     *
     * @param template of which the copy was made; only to be copied again
     */
    default void prepare(TableCopy template, TableCopy copy) {}

    /**
     * Does all the work. What goes wrong is an exception, and becomes the contender's result.
     *
     * @return what only the contender itself knows
     */
    Effort run(TableCopy copy);

    /** How many of the rounds it takes part in: the first ones. */
    default int rounds(int asked) {
        return asked;
    }

    /**
     * @param work the part of the time that went into changing rows, where that is told
     * @param peakHeap bytes, where the work was done in a JVM of its own
     * @param extrapolated the time that all of the work would have taken, where it was broken off
     */
    record Effort(Optional<Duration> work, Optional<Long> peakHeap, Optional<Duration> extrapolated) {

        static Effort plain() {
            return new Effort(Optional.empty(), Optional.empty(), Optional.empty());
        }
    }
}
