package dev.neap.batch;

import dev.neap.backfill.Checkpoint;
import dev.neap.backfill.KeySpace;
import dev.neap.backfill.Purpose;
import dev.neap.metrics.PassMeters;
import dev.neap.run.ProgressBoard;
import dev.neap.run.Stretch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says how far a pass is, and what it came to. */
final class PassReport {

    private final Place place;
    private final long rows;
    private final Purpose purpose;
    private final PassMeters meters;
    private final Supplier<Optional<List<String>>> first;

    private Optional<List<String>> from = Optional.empty();
    private ProgressBoard.@Nullable Part part;
    private Stretch reported = Stretch.NONE;

    /**
     * @param rows in the table, estimated
     * @param first the first key (or tuple address) of the table, looked up when the pass begins
     */
    PassReport(
            Place place,
            long rows,
            Purpose purpose,
            PassMeters meters,
            Supplier<Optional<List<String>>> first) {
        this.place = place;
        this.rows = rows;
        this.purpose = purpose;
        this.meters = meters;
        this.first = first;
    }

    void begin(Checkpoint checkpoint) {
        place.begin(place.planned().step().title());
        place.board().expect(rows);
        from = first.get();
        reported = behind(checkpoint);
        part = place.board().part(reported);
    }

    void chunk(Checkpoint checkpoint, Duration took, long changed) {
        meters.committed(took, changed);
        Stretch now = behind(checkpoint);
        part().chunk(now.since(reported), took);
        reported = now;
    }

    private ProgressBoard.Part part() {
        if (part == null) {
            throw new IllegalStateException("The pass has not begun.");
        }
        return part;
    }

    private Stretch behind(Checkpoint checkpoint) {
        OptionalDouble share = from.isPresent() && checkpoint.upper().isPresent()
                ? KeySpace.share(from.get(), checkpoint.position(), checkpoint.upper().get())
                : OptionalDouble.empty();
        return new Stretch(checkpoint.visited(), checkpoint.changed(), share);
    }

    void nextPass(Checkpoint checkpoint) {
        place.board()
                .event("pass %d begins: the last one found %s to put right"
                        .formatted(checkpoint.pass(), rows(checkpoint.changed())));
        reported = reported.again();
        part().again();
    }

    void finished(Checkpoint checkpoint) {
        part().close();
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
        part().waiting(reason);
    }

    private static String rows(long count) {
        return count == 1 ? "1 row" : "%,d rows".formatted(count);
    }
}
