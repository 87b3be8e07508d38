package dev.neap.demo;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Lets time pass. */
final class Waiting {

    private static final Duration SLICE = Duration.ofMillis(20);

    private Waiting() {}

    /**
     * Asks again and again until the answer is yes.
     *
     * @param what for the message: {@code "the standby to catch up"}
     * @throws DemoFailed after {@code limit}, or when interrupted
     */
    static void until(String what, Duration limit, BooleanSupplier done) {
        long end = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new DemoFailed("Waiting for %s took longer than %d s. Is the machine overloaded?"
                        .formatted(what, limit.toSeconds()));
            }
            pause(SLICE);
        }
    }

    /**
     * @throws DemoFailed when interrupted
     */
    static void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new DemoFailed("The demo was interrupted. Start it again.");
            }
        }
    }

    /** Waits for the end of a thread, also when interrupted; the interrupt is kept for later. */
    static void forEndOf(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
