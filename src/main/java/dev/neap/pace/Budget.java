package dev.neap.pace;

import java.time.Instant;

/**
 * One allowance of work for all workers: a bucket of seconds of work that fills with a rate. A chunk may begin while
 * nothing is owed; what it will take is owed at once, so that no second one slips in, and is put right when it is over.
 */
final class Budget {

    /** As much may be saved up, in seconds of filling: makes up for workers that wake late. */
    private static final double SAVED = 0.25;

    private double rate = Double.POSITIVE_INFINITY;
    private double owed;
    private Instant at = Instant.MIN;

    /** From now on. */
    void rate(double secondsOfWorkASecond, Instant now) {
        if (!at.equals(Instant.MIN) && Double.isFinite(rate)) {
            owed -= rate * Math.max(0, Seconds.between(at, now));
        }
        at = now;
        rate = secondsOfWorkASecond;
        owed = Double.isFinite(rate) ? Math.max(owed, -SAVED * rate) : 0;
    }

    /** Seconds until a chunk may begin; 0 if it may now. */
    double wait(double longest) {
        return owed <= 0 && rate > 0 ? 0 : rate <= 0 ? longest : owed / rate;
    }

    /** Seconds of work; negative if it was less than expected. */
    void owe(double work) {
        owed += work;
    }
}
