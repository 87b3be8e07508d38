package dev.neap.pace;

import java.util.OptionalDouble;

/**
 * How many bytes of WAL a second may be written so that one standby keeps a steady, small backlog.
 *
 * <pre>
 * allowed = replays + (target − backlog) / τ
 * replays = min(usual, recent)
 * target  = min(ℓ · replays, 0.4 · limit in bytes)      ℓ = min(0.28 · limit in time, 3 s)
 * τ       = max(ℓ, 3 · time between two readings)
 * </pre>
 *
 * {@code usual} is the average of Δreplayed/Δt over about two seconds, {@code recent} over half a second, or a quarter of ℓ:
 * so a standby that becomes slower is followed at once, and one that becomes faster with some care. Only such intervals
 * count at whose end it had work left, since only then does it show what it can. While it has none, it keeps up: then it
 * sets no limit, or, if it did before, one that doubles each second until it is out of sight.
 *
 * <p>What is written now is replayed in {@code backlog / replays} seconds; where that is {@code ℓ + τ}, little more than
 * half of the limit if readings are frequent, nothing may be written any more: so the brake is on long before the limit is
 * reached. A standby that suddenly replays only a part {@code f} of what it did before needs {@code ℓ / f} for the backlog
 * that it had then, whatever is done: so down to three tenths it stays within its limit. With more than 0.28 it does not stay
 * so often enough where its speed falls to that, and with less it stands idle more often. As the target is above zero the standby is never without work in the long run; there is no sum of past errors,
 * so that nothing has to be unlearned after a long hold.
 */
final class StandbyPace {

    private static final double OF_TIME = 0.28;
    private static final double OF_BYTES = 0.4;
    private static final double LONGEST_TARGET = 3;
    private static final double LEAST_HORIZON = 2;
    private static final double LEAST_RECENT = 0.5;

    /** Less is on its way, and no backlog. */
    private static final double ON_ITS_WAY = 64 * 1024;

    private double usual;
    private double recent;
    private double target;
    private double backlog;
    private long position;
    private boolean begun;
    private boolean busy;
    private OptionalDouble allowed = OptionalDouble.empty();

    /**
     * @param elapsed seconds since the last reading; positive
     * @param written bytes a second that were written on the primary lately
     */
    void read(double elapsed, Reading.Standby standby, long end, double written) {
        backlog = Math.max(0, end - standby.replayed());
        if (!begun) {
            begun = true;
            position = standby.replayed();
            return;
        }
        // Not cut off at zero: what an inexact position takes away from one interval, it has given to another.
        double more = standby.replayed() - position;
        position = standby.replayed();
        double lag = standby.maxLag()
                .map(limit -> Math.min(OF_TIME * Seconds.of(limit), LONGEST_TARGET))
                .orElse(LONGEST_TARGET);
        busy = backlog > ON_ITS_WAY && (backlog >= more / 2 || backlog >= target(standby, lag) / 2);
        double average = average(usual, more, elapsed, Math.max(LEAST_HORIZON, 4 * elapsed));
        double latest = average(
                recent, more, elapsed, Math.max(Math.max(LEAST_RECENT, lag / 4), 2 * elapsed));
        if (busy) {
            usual = average;
            recent = latest;
            target = target(standby, lag);
            allowed = OptionalDouble.of(
                    Math.max(0, replays() + (target - backlog) / Math.max(lag, 3 * elapsed)));
        } else {
            usual = Math.max(usual, average);
            recent = Math.max(recent, latest);
            target = target(standby, lag);
            double most = 8 * Math.max(written, usual);
            allowed = allowed.stream()
                    .map(before -> Math.max(before, written) * Math.pow(2, Math.min(1, elapsed)))
                    .filter(raised -> raised < most)
                    .findFirst();
        }
    }

    private static double average(double before, double more, double elapsed, double horizon) {
        double keeps = before == 0 ? 0 : Seconds.keeps(elapsed, horizon);
        return keeps * before + (1 - keeps) * more / elapsed;
    }

    /** Bytes a second; 0 or more. */
    private double replays() {
        return Math.max(0, Math.min(usual, recent));
    }

    private double target(Reading.Standby standby, double lag) {
        return Math.min(lag * replays(), standby.maxBytes().isPresent()
                ? OF_BYTES * standby.maxBytes().getAsLong()
                : Double.POSITIVE_INFINITY);
    }

    /** Whether it had work left at the last reading. */
    boolean isBusy() {
        return busy;
    }

    /** Bytes a second, by all who write; empty for any. */
    OptionalDouble allowed() {
        return allowed;
    }

    /** Bytes that it should be behind while it sets the pace. */
    double target() {
        return target;
    }

    /** As a phrase. */
    String words(String name) {
        return busy
                ? "standby %s replays %.1f MB/s and is %.1f MB behind".formatted(name, replays() / 1e6,
                        backlog / 1e6)
                : "standby %s has just caught up".formatted(name);
    }
}
