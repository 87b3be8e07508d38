package dev.neap.demo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long operations took, counted in buckets that each reach 2 % further than the one before: bucket i holds 1.02^i µs
 * to 1.02^(i+1) µs. A percentile is told as its bucket's upper end (never above the longest seen), so it is at most 2 %
 * too high and never too low. Safe to use from many threads.
 */
final class Latencies {

    private static final double STEP = Math.log(1.02);

    /** The last bucket holds everything beyond 1.02^1099 µs, about 47 minutes. */
    private static final int BUCKETS = 1100;

    private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();

    /** @param nanos negative counts as 0 */
    void record(long nanos) {
        double micros = nanos / 1_000.0;
        int bucket = micros <= 1 ? 0 : Math.min(BUCKETS - 1, (int) (Math.log(micros) / STEP));
        buckets.incrementAndGet(bucket);
        longest.accumulateAndGet(nanos, Math::max);
        count.incrementAndGet();
    }

    long count() {
        return count.get();
    }

    /** The longest, exactly; zero if there was none. */
    Duration max() {
        return Duration.ofNanos(longest.get());
    }

    /**
     * The time within which this share of the operations was done.
     *
     * @param share above 0, at most 1: 0.99 for p99
     * @return zero if there was no operation
     */
    Duration percentile(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("A share of " + share + " was asked for. Give one above 0, at most 1.");
        }
        long rank = (long) Math.ceil(share * count());
        long passed = 0;
        for (int i = 0; i < BUCKETS; i++) {
            passed += buckets.get(i);
            if (passed >= rank && passed > 0) {
                long end = i == BUCKETS - 1 ? Long.MAX_VALUE : (long) Math.ceil(Math.exp((i + 1) * STEP) * 1_000);
                return Duration.ofNanos(Math.min(end, longest.get()));
            }
        }
        return Duration.ZERO;
    }
}
