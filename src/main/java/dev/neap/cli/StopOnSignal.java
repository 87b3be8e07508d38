package dev.neap.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Lets the work at hand end in order when a signal asks the process to end: the chunk is finished, the run is left
 * resumable. A second signal, or a chunk that does not end in time, ends the process at once; what was not committed is
 * rolled back by the server.
 */
final class StopOnSignal implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a shell makes of a process that SIGINT ended. */
    private static final int KILLED = 130;

    private final AtomicInteger signals = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Runnable stop;
    private final IntConsumer halt;
    private final Consumer<String> say;

    /**
     * @param stop asks the work to end; returns at once
     * @param halt ends the process with a code, at once
     * @param say told what happens, a line each
     */
    StopOnSignal(Runnable stop, IntConsumer halt, Consumer<String> say) {
        this.stop = stop;
        this.halt = halt;
        this.say = say;
    }

    /** From now until it is closed. */
    static StopOnSignal watch(Runnable stop, IntConsumer halt, Consumer<String> say) {
        StopOnSignal watch = new StopOnSignal(stop, halt, say);
        if (!Signals.onEnding(watch::signal)) {
            Runtime.getRuntime().addShutdownHook(new Thread(watch::shutdown, "stop-on-signal"));
        }
        return watch;
    }

    /** A signal came. */
    void signal() {
        if (ended.getCount() == 0) {
            halt.accept(KILLED);
            return;
        }
        if (signals.incrementAndGet() > 1) {
            say.accept("Ending at once. What was committed stays; neap restart goes on from there.");
            halt.accept(KILLED);
            return;
        }
        say.accept("Stopping after the work at hand; once more ends at once.");
        stop.run();
        Thread.ofPlatform().daemon().name("stop-patience").start(this::endIfStuck);
    }

    private void endIfStuck() {
        if (!awaitEnd()) {
            say.accept("The work at hand did not end within " + Words.took(PATIENCE)
                    + "; ending without it. What was committed stays; neap restart goes on from there.");
            halt.accept(ExitCode.STOPPED.code());
        }
    }

    /** Where signals can't be had: holds up the end of the process until the work has ended. */
    private void shutdown() {
        if (ended.getCount() > 0) {
            stop.run();
            awaitEnd();
            halt.accept(ExitCode.STOPPED.code());
        }
    }

    private boolean awaitEnd() {
        try {
            return ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The work has ended. */
    @Override
    public void close() {
        ended.countDown();
    }
}
