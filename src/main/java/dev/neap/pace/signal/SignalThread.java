package dev.neap.pace.signal;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A thread that reads signals in turn, each when it is due, and the connection on which it does. */
final class SignalThread implements AutoCloseable {

    private final List<Sampled> signals;
    private final Runnable connection;
    private final ScheduledExecutorService thread;

    /**
     * @param name for thread dumps
     * @param connection closes the connection, which makes a reading that hangs fail
     */
    SignalThread(String name, List<Sampled> signals, Runnable connection) {
        this.signals = List.copyOf(signals);
        this.connection = connection;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().daemon().name("neap-signal-" + name).unstarted(task));
    }

    void start() {
        for (Sampled signal : signals) {
            ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                    signal::sample, 0, signal.every().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Lets a reading that is under way end, for half a second at most. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            boolean unused = thread.awaitTermination(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.run();
        thread.shutdownNow();
    }
}
