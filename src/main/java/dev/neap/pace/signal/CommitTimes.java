package dev.neap.pace.signal;

import dev.neap.pace.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;

/**
 * What is made of the times that commits took: a reading of each ten, or of those of a second and a half where these are
 * fewer, so that none counts twice.
 *
 * <pre>
 * pressure = min(1, slow / max(limit, 3 · quick))
 * slow     = the second longest of ten; the longest of fewer than five
 * quick    = the second shortest of ten, not of fewer than five; it is followed down at once, and up by 5 % with each ten;
 *            limit / 3 to begin with, since the first ones that are timed may wait for our own WAL already
 * </pre>
 *
 * So one that takes long by chance counts for nothing, and a disk that always takes long sets its own limit. The pressure is 1 at
 * most: work is slowed down and never held, since nobody knows whose commits make others wait.
 */
final class CommitTimes {

    private static final int TEN = 10;
    private static final double TIMES_QUICK = 3;
    private static final double DRIFT = 1.05;

    /** Whoever waits for ten that take long sees too late that they do. */
    private static final Duration LONGEST = Duration.ofMillis(1_500);

    /** Of fewer than that many none is taken for an accident, and none for a quick one. */
    private static final int FEW = 5;

    private final DoubleSupplier set;
    private final double[] seconds = new double[TEN];
    private int count;
    private Instant begun = Instant.EPOCH;
    private double quick = Double.POSITIVE_INFINITY;
    private Optional<Reading> latest = Optional.empty();

    /** @param limit seconds; asked at each reading */
    CommitTimes(DoubleSupplier limit) {
        this.set = limit;
    }

    /** Nobody else commits just now: what was measured before no longer counts. */
    Reading nobody(Instant now) {
        count = 0;
        Reading nobody = new Reading.Level(now, 0, "hardly anybody else changes anything");
        latest = Optional.of(nobody);
        return nobody;
    }

    /**
     * One more commit took so long; the reading is that of the last ones that were judged together, and none before the
     * first were.
     *
     * @param now when it began; not before that of the call before
     */
    Reading read(double took, Instant now) {
        if (count == 0) {
            begun = now;
        }
        seconds[count++] = took;
        Duration since = Duration.between(begun, now).plusNanos(Math.round(took * 1e9));
        if (count == TEN || since.compareTo(LONGEST) >= 0) {
            Arrays.sort(seconds, 0, count);
            boolean many = count >= FEW;
            double least = set.getAsDouble();
            if (many) {
                quick = Math.min(seconds[1], DRIFT * (Double.isInfinite(quick) ? least / TIMES_QUICK : quick));
            }
            double limit = Double.isInfinite(quick) ? least : Math.max(least, TIMES_QUICK * quick);
            latest = Optional.of(judge(seconds[many ? count - 2 : count - 1], limit, now));
            count = 0;
        }
        return latest.orElseGet(
                () -> new Reading.Unreadable(now, "it was not read yet, since too few commits were timed"));
    }

    private static Reading.Level judge(double slow, double limit, Instant now) {
        String what = String.format(
                Locale.ROOT, "commits take up to %.1f ms (limit %.1f ms)", slow * 1e3, limit * 1e3);
        return new Reading.Level(now, Math.min(1, Pressure.of(slow, limit)), what, OptionalDouble.of(slow));
    }
}
