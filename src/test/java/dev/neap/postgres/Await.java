package dev.neap.postgres;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
        until(what, condition, new CompletableFuture<>());
    }

    /**
     * As {@link #until(String, BooleanSupplier)}, and fails at once if what should do it has ended before.
     *
     * @param work what should make the condition hold
     */
    public static void until(String what, BooleanSupplier condition, CompletableFuture<?> work) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (work.isDone() && !condition.getAsBoolean()) {
                throw new AssertionError("It ended (" + work + ") before " + what + ".");
            }
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new AssertionError("Waited in vain until " + what + ".");
            }
            LockSupport.parkNanos(SLICE.toNanos());
        }
    }
}
