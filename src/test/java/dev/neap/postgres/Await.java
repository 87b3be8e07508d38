package dev.neap.postgres;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that another thread, process or server does. */
public final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SLICE = Duration.ofMillis(5);

    private Await() {}

    /**
     * Returns as soon as {@code condition} holds.
     *
     * @param what for the message of the failure if it does not within a minute
     */
    public static void until(String what, BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new AssertionError("Waited in vain until " + what + ".");
            }
            LockSupport.parkNanos(SLICE.toNanos());
        }
    }
}
