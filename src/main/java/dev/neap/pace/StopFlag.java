package dev.neap.pace;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells everyone who works or waits in this process that it is time to end. Raised once, never lowered. */
public final class StopFlag {

    private final CountDownLatch raised = new CountDownLatch(1);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Safe to call from any thread, any number of times. */
    public void raise() {
        if (raised.getCount() > 0) {
            raised.countDown();
            listeners.forEach(Runnable::run);
        }
    }

    public boolean isRaised() {
        return raised.getCount() == 0;
    }

    /**
     * Waits, holding nothing.
     *
     * @return whether the flag was raised meanwhile
     */
    public boolean await(Duration atMost) {
        try {
            return raised.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Whoever interrupts a run wants it to end; that has one way here.
            Thread.currentThread().interrupt();
            raise();
            return true;
        }
    }

    /** Runs {@code action} when the flag is raised, at once if it is; until the registration is closed. */
    public Registration onRaise(Runnable action) {
        listeners.add(action);
        if (isRaised()) {
            action.run();
        }
        return () -> listeners.remove(action);
    }

    /** Ends with {@code close()}. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
