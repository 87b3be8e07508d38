package dev.neap.pace.signal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread that reads signals in turn, each when it is due, and the connection on which it does. */
final class SignalThread implements AutoCloseable {

    private final List<Sampled> signals;
    private final Runnable connection;
    private final ScheduledThreadPoolExecutor thread;

    /**
     * @param name for thread dumps
     * @param connection closes the connection, which makes a reading that hangs fail
     */
    SignalThread(String name, List<Sampled> signals, Runnable connection) {
        this.signals = List.copyOf(signals);
        this.connection = connection;
        this.thread = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().daemon().name("neap-signal-" + name).unstarted(task));
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void start() {
        signals.forEach(signal -> read(signal, Duration.ZERO));
    }

    private void read(Sampled signal, Duration in) {
        try {
            ScheduledFuture<?> unused = thread.schedule(() -> {
                signal.sample();
                read(signal, signal.next());
            }, in.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // It was closed meanwhile.
        }
    }

    /**
     * Forgets what was read of these signals of its own, and reads them at once; returns when that is done.
     *
     * @param atMost how long to wait for it
     */
    void again(List<Sampled> some, Duration atMost) {
        try {
            some.forEach(Sampled::forget);
            thread.submit(() -> some.forEach(Sampled::sample)).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | CancellationException | TimeoutException e) {
            // It was closed meanwhile, or the server is slow: what is not read yet holds.
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A signal throws nothing.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
