package dev.neap.batch;

import dev.neap.backfill.Checkpoint;
import dev.neap.backfill.Purpose;
import dev.neap.metrics.PassMeters;
import java.time.Duration;

/** Says how far a pass is, and what it came to. */
final class PassReport {

    private final Place place;
    private final long rows;
    private final Purpose purpose;
    private final PassMeters meters;

    /**
     * @param rows in the table, estimated
     */
    PassReport(Place place, long rows, Purpose purpose, PassMeters meters) {
        this.place = place;
        this.rows = rows;
        this.purpose = purpose;
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
                        switch (purpose) {
                            case CHANGE -> "%s changed, %s visited; here %s"
                                    .formatted(
                                            rows(checkpoint.changed()), rows(checkpoint.visited()), meters.words());
                            case VERIFY -> "verified: a whole pass over %s found nothing wrong%s"
                                    .formatted(rows(checkpoint.visited()), putRight(checkpoint));
                            case LAST_LOOK -> "seen: both names hold the same in %s"
                                    .formatted(rows(checkpoint.visited()));
                        });
    }

    private static String putRight(Checkpoint checkpoint) {
        return checkpoint.changed() == 0 ? "" : ", after " + rows(checkpoint.changed()) + " had been put right";
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
