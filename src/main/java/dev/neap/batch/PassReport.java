package dev.neap.batch;

import dev.neap.backfill.Checkpoint;
import dev.neap.metrics.PassMeters;
import java.time.Duration;

/** Says how far a pass is, and what it came to. */
final class PassReport {

    private final Place place;
    private final long rows;
    private final boolean verifies;
    private final PassMeters meters;

    /**
     * @param rows in the table, estimated
     */
    PassReport(Place place, long rows, boolean verifies, PassMeters meters) {
        this.place = place;
        this.rows = rows;
        this.verifies = verifies;
        this.meters = meters;
    }

    void begin(Checkpoint checkpoint) {
        place.begin(place.planned().step().title());
        place.board().at(checkpoint.visited(), rows, checkpoint.changed());
    }

    void chunk(Checkpoint checkpoint, Duration took, long changed) {
        meters.committed(took, changed);
        place.board().chunk(checkpoint.visited(), checkpoint.changed());
    }

    void nextPass(Checkpoint checkpoint) {
        place.board()
                .event("pass %d begins: the last one found %s to put right"
                        .formatted(checkpoint.pass(), rows(checkpoint.changed())));
        place.board().at(checkpoint.visited(), rows, checkpoint.changed());
    }

    void finished(Checkpoint checkpoint) {
        place.board()
                .event(
                        verifies
                                ? "verified: a whole pass over %s found nothing wrong%s"
                                        .formatted(
                                                rows(checkpoint.visited()),
                                                checkpoint.changed() == 0
                                                        ? ""
                                                        : ", after " + rows(checkpoint.changed())
                                                                + " had been put right")
                                : "%s changed, %s visited; here %s"
                                        .formatted(
                                                rows(checkpoint.changed()),
                                                rows(checkpoint.visited()),
                                                meters.words()));
    }

    void retried(String reason) {
        meters.retried();
        waiting(reason);
    }

    void waiting(String reason) {
        place.board().waiting(reason);
    }

    private static String rows(long count) {
        return count == 1 ? "1 row" : "%,d rows".formatted(count);
    }
}
