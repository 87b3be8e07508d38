package dev.neap.pace;

import java.util.OptionalDouble;

/**
 * How many bytes of WAL a second may be written so that one standby keeps a steady, small backlog.
 *
 * <pre>
 * allowed = replays + (target − backlog) / τ
 * target  = min(ℓ · replays, 0.4 · limit in bytes)      ℓ = min(0.4 · limit in time, 3 s)
 * τ       = max(ℓ, 3 · sampling interval)
 * </pre>
 *
 * {@code replays} is the average of Δreplayed/Δt over about two seconds, but only of such intervals at whose end the standby
 * had work left, since only then does it show what it can. While it has none, it keeps up: then it sets no limit, or, if it
 * did before, one that doubles each second until it is out of sight. As the target is above zero the standby is never
 * without work in the long run; as it is far below the limit there is room for what nobody foresees. There is no sum of past
 * errors, so that nothing has to be unlearned after a long hold.
 */
final class StandbyPace {

    private static final double FRACTION = 0.4;
    private static final double LONGEST_TARGET = 3;
    private static final double LEAST_HORIZON = 2;

    /** Less is on its way, and no backlog. */
    private static final double ON_ITS_WAY = 64 * 1024;

    private double replays;
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
                .map(limit -> Math.min(FRACTION * Seconds.of(limit), LONGEST_TARGET))
                .orElse(LONGEST_TARGET);
        busy = backlog > ON_ITS_WAY && (backlog >= more / 2 || backlog >= target(standby, lag) / 2);
        double keeps = replays == 0 ? 0 : Seconds.keeps(elapsed, Math.max(LEAST_HORIZON, 4 * elapsed));
        double average = keeps * replays + (1 - keeps) * more / elapsed;
        if (busy) {
            replays = average;
            target = target(standby, lag);
            allowed = OptionalDouble.of(
                    Math.max(0, replays + (target - backlog) / Math.max(lag, 3 * elapsed)));
        } else {
            replays = Math.max(replays, average);
            target = target(standby, lag);
            double most = 8 * Math.max(written, replays);
            allowed = allowed.stream()
                    .map(before -> Math.max(before, written) * Math.pow(2, Math.min(1, elapsed)))
                    .filter(raised -> raised < most)
                    .findFirst();
        }
    }

    private double target(Reading.Standby standby, double lag) {
        return Math.min(lag * Math.max(0, replays), standby.maxBytes().isPresent()
                ? FRACTION * standby.maxBytes().getAsLong()
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
                ? "standby %s replays %.1f MB/s and is %.1f MB behind".formatted(name, Math.max(0, replays) / 1e6,
                        backlog / 1e6)
                : "standby %s has just caught up".formatted(name);
    }
}
