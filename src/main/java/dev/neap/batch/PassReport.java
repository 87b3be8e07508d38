package dev.neap.batch;

import dev.neap.backfill.Checkpoint;
import dev.neap.backfill.Purpose;
import dev.neap.metrics.PassMeters;
import dev.neap.pace.Verdict;
import dev.neap.run.ProgressBoard;
import dev.neap.run.Stretch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Says how far a step over rows is, and what it came to. */
final class PassReport {

    private final Place place;
    private final long rows;
    private final Purpose purpose;
    private final PassMeters meters;

    private int segments = 1;
    private boolean announced;

    /**
     * @param rows in the table, estimated
     */
    PassReport(Place place, long rows, Purpose purpose, PassMeters meters) {
        this.place = place;
        this.rows = rows;
        this.purpose = purpose;
        this.meters = meters;
    }

    /**
     * @param count of segments
     */
    void begin(int count) {
        segments = count;
        meters.segments(count);
        announce();
        place.board().expect(rows);
    }

    private void announce() {
        announced = true;
        place.begin(place.planned().step().title());
    }

    /** The step can't begin for this reason. */
    void waiting(Verdict.Hold hold) {
        if (!announced) {
            announce();
        }
        place.board().waiting(hold.source(), hold.reason());
    }

    /** What kept the step from beginning has gone. */
    void resumed() {
        place.board().resumed();
    }

    /** What a person should know at once. */
    void alert(String line) {
        place.alert(line);
    }

    /** Something to be read later. */
    void event(String line) {
        place.board().event(line);
    }

    /** All segments are done. */
    void finished(List<Checkpoint> checkpoints) {
        long visited = checkpoints.stream().mapToLong(Checkpoint::visited).sum();
        long changed = checkpoints.stream().mapToLong(Checkpoint::changed).sum();
        place.board()
                .event(
                        switch (purpose) {
                            case CHANGE -> "%s changed, %s visited; here %s"
                                    .formatted(rows(changed), rows(visited), meters.words());
                            case VERIFY -> "verified: a whole pass over %s found nothing wrong%s"
                                    .formatted(rows(visited), putRight(changed));
                            case LAST_LOOK -> "seen: old and new hold the same in %s".formatted(rows(visited));
                        });
    }

    private static String putRight(long changed) {
        return changed == 0 ? "" : ", after " + rows(changed) + " had been put right";
    }

    /**
     * A segment as it is reported.
     *
     * @param first the first key (or tuple address) of its unit
     * @param weight its share of all rows, 0 to 1
     */
    record Lot(String name, Optional<List<String>> first, double weight) {}

    /** For the worker of one segment. */
    Part part(Lot lot, Checkpoint checkpoint) {
        return new Part(lot, checkpoint);
    }

    /** Says how far one segment is. */
    final class Part {

        private final Lot lot;
        private final ProgressBoard.Part part;
        private Stretch reported;

        private Part(Lot lot, Checkpoint checkpoint) {
            this.lot = lot;
            this.reported = behind(checkpoint);
            this.part = place.board().part(reported);
            meters.opened(lot.name());
        }

        void chunk(Checkpoint checkpoint, Duration took, long changed) {
            Stretch now = behind(checkpoint);
            Stretch more = now.since(reported);
            meters.committed(took, more.visited(), changed);
            part.chunk(more, took);
            reported = now;
        }

        private Stretch behind(Checkpoint checkpoint) {
            OptionalDouble share = checkpoint.share(lot.first());
            return new Stretch(
                    checkpoint.visited(),
                    checkpoint.changed(),
                    share.isPresent() ? OptionalDouble.of(share.getAsDouble() * lot.weight()) : share);
        }

        void nextPass(Checkpoint checkpoint) {
            place.board()
                    .event("pass %d begins%s: the last one found %s to put right"
                            .formatted(
                                    checkpoint.pass(),
                                    segments == 1 ? "" : " in " + lot.name(),
                                    rows(checkpoint.changed())));
            reported = reported.again();
            part.again();
        }

        void finished() {
            meters.finished(lot.name());
            part.close();
        }

        void quarantined() {
            meters.quarantined();
        }

        /** Others work instead, until the next chunk. */
        void resting() {
            part.close();
        }

        void retried(String source, String reason) {
            meters.retried(source);
            part.waiting(source, reason);
        }

        void waiting(Verdict.Hold hold) {
            part.waiting(hold.source(), hold.reason());
        }

        /** What a person should know at once. */
        void alert(String line) {
            PassReport.this.alert(line);
        }

        /** What keeps all workers, though only one has met it. */
        void away(String reason) {
            place.board().waiting("server_away", reason);
        }
    }

    private static String rows(long count) {
        return count == 1 ? "1 row" : "%,d rows".formatted(count);
    }
}
