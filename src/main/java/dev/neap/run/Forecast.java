package dev.neap.run;

import java.time.Duration;
import java.util.Optional;

/**
 * Looks ahead in a pass: how many rows it has in all, and when it will end. Knows no clock and no thread; whoever feeds
 * it says how long things took.
 */
final class Forecast {

    /** Beyond this nobody plans. */
    private static final double MOST_SECONDS = Duration.ofDays(1_000).toSeconds();

    private final WorkRate rate = new WorkRate();
    private long expected;
    private Stretch behind = Stretch.NONE;

    /** @param rows that the pass will visit, from the statistics; 0 if nobody knows */
    void expect(long rows) {
        expected = rows;
    }

    /** The pass stands here, whoever brought it there. */
    void stands(Stretch now) {
        behind = now;
    }

    /** So many seconds of work, up to now, passed so many rows. */
    void worked(double seconds, long rows) {
        rate.worked(seconds, rows);
    }

    /** Nothing moved for so many seconds. */
    void held(double seconds) {
        rate.held(seconds);
    }

    /** Rows that the pass will have visited at its end; 0 if nobody knows and none was visited. */
    long total() {
        return behind.visited() + left().map(rows -> Math.round(rows.likely())).orElse(0L);
    }

    /** Rows a second of work, lately. */
    double rowsPerSecond() {
        return rate.lately();
    }

    /** Empty until enough was seen, and where nobody can know how many rows are left. */
    Optional<Remaining> remaining() {
        return rate.isKnown() ? left().map(this::remaining) : Optional.empty();
    }

    private Remaining remaining(RowsLeft rows) {
        double error = rate.error(rows.likely() / rate.mean());
        double low = rows.least() / (rate.mean() * (1 + error));
        double high = rows.most() / (rate.mean() * (1 - error)) * rate.stretchedByHolds();
        return new Remaining(duration(low), duration(high));
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(Math.min(MOST_SECONDS, seconds) * 1_000));
    }

    private Optional<RowsLeft> left() {
        return RowsLeft.of(expected, behind.visited(), behind.share());
    }
}
