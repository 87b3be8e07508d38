package dev.neap.backfill;

import dev.neap.change.EffortOptions.OldSnapshot;
import java.util.Optional;

/**
 * With how much effort a table is gone over.
 *
 * @param workers how many at once; 1 to {@value #MOST_WORKERS}
 * @param strands how many visits to each page; empty for as many as the rows ask for, 1 for plain ranges
 * @param oldSnapshot what to do while an old snapshot keeps PostgreSQL from pruning, so that weaving gains nothing
 * @param vacuum whether the table is vacuumed at each quarter of the way
 */
public record Effort(int workers, Optional<Integer> strands, OldSnapshot oldSnapshot, boolean vacuum) {

    /** More only wait for each other. */
    public static final int MOST_WORKERS = 16;

    /** More visits than a page has rows make no sense. */
    public static final int MOST_STRANDS = 64;

    public Effort {
        if (workers < 1 || workers > MOST_WORKERS) {
            throw new IllegalArgumentException(
                    "%d workers are asked for, and 1 to %d are possible.".formatted(workers, MOST_WORKERS));
        }
        if (strands.filter(n -> n < 1 || n > MOST_STRANDS).isPresent()) {
            throw new IllegalArgumentException(
                    "%d strands are asked for, and 1 to %d are possible.".formatted(strands.get(), MOST_STRANDS));
        }
    }
}
